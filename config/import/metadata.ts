import { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';
import type { FilmRecord } from '../../plugins/catalogue/store.ts';
import { linesOf } from './lines.ts';
import type { Part } from './movielens.ts';
import type { SourceFile } from './source.ts';
import { parseTitle } from './titles.ts';

const text = (most: number) => z.string().transform((value) => cleanText(value).slice(0, most));
const names = (most: number, length: number) =>
  z.array(text(length)).transform((list) => [...new Set(list.filter((name) => name !== ''))].slice(0, most));
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

/** One film a line; everything but id and title may be missing. */
const Line = z.object({
  movieId: z.int().positive(),
  title: text(300),
  imdbId: optional(z.int().positive()),
  plot: optional(text(4000)),
  runtime: optional(z.number()),
  cast: optional(names(12, 200)),
  directors: optional(names(6, 200)),
  keywords: optional(names(24, 100)),
});
export type Facts = FilmRecord & { readonly movielensId: number };

/** Plot, people, running time and keywords from JSON lines. */
export const metadata = (file: SourceFile): Part<Facts & { readonly line: number }> => ({
  ...file,
  async *rows(report, progress) {
    let first = true;
    for await (const { line, text } of linesOf(file.name, file.read(progress))) {
      const parsed = Line.safeParse(json(text));
      if (parsed.success) yield { line, ...factsOf(parsed.data) };
      else if (first) throw badRequest(`${file.name} has no films: each of its lines must be a JSON object with movieId and title.`);
      else report.refuse(file.name, line, parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; '));
      first = false;
    }
  },
});

function factsOf({ movieId, title, imdbId, plot, runtime, cast, directors, keywords }: z.output<typeof Line>): Facts {
  const { names: _names, ...titled } = parseTitle(title);
  return {
    movielensId: movieId,
    ...titled,
    ...(imdbId ? { imdbId } : {}),
    ...(plot ? { plot } : {}),
    ...(runtime !== undefined && runtime >= 1 && runtime <= 2000 ? { runtime: Math.round(runtime) } : {}),
    ...(cast?.length ? { cast: cast.map((name) => ({ name })) } : {}),
    ...(directors?.length ? { directors } : {}),
    ...(keywords?.length ? { keywords } : {}),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

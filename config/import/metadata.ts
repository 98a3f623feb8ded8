import { createInterface } from 'node:readline';
import { z } from 'zod';
import { badRequest } from '../../core/errors.ts';
import { cleanText } from '../../core/http/form.ts';
import type { FilmRecord } from '../../plugins/catalogue/store.ts';
import { titleOf } from './movielens.ts';
import type { Report } from './report.ts';
import type { SourceFile } from './source.ts';

const text = (most: number) => z.string().transform((t) => cleanText(t).slice(0, most));
const names = (most: number, length: number) => z.array(text(length)).transform((list) => [...new Set(list.filter((name) => name !== ''))].slice(0, most));
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

/** One film a line; everything but id and title may be missing. */
const Line = z.object({
  movieId: z.int().positive(), title: text(300), imdbId: optional(z.int().positive()),
  plot: optional(text(4000)), runtime: optional(z.number().min(1).max(2000).transform(Math.round)),
  cast: optional(names(12, 200)), directors: optional(names(6, 200)), keywords: optional(names(24, 100)),
});

/** Plot, people, running time and keywords from JSON lines. */
export async function* metadata(file: SourceFile, report: Report, progress: (bytes: number) => void): AsyncGenerator<FilmRecord> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: await file.open(progress), crlfDelay: Infinity })) {
      line++;
      if (text.trim() === '') continue;
      const parsed = Line.safeParse(json(text));
      if (parsed.success) yield filmOf(parsed.data);
      else if (line === 1) throw badRequest(`${file.name} is not JSON lines with movieId and title. Nothing was changed.`);
      else report.refuse(file.name, line, parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'line'} ${message}`).join('; '));
    }
  } catch (error) {
    throw (error as { status?: number }).status ? error : badRequest(`${file.name} cannot be read: ${(error as Error).message}. Nothing was changed.`);
  }
}

function filmOf({ movieId, title, imdbId, plot, runtime, cast, directors, keywords }: z.output<typeof Line>): FilmRecord {
  return {
    movielensId: movieId, ...titleOf(title), ...(imdbId ? { imdbId } : {}), ...(plot ? { plot } : {}), ...(runtime ? { runtime } : {}),
    ...(cast?.length ? { cast: cast.map((name) => ({ name })) } : {}), ...(directors?.length ? { directors } : {}), ...(keywords?.length ? { keywords } : {}),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Sql } from '../../core/database/sql.ts';
import { upsertFilms, type FilmRecord } from './store.ts';

/** The catalogue that Marquee brings along: one JSON object a line. */
const folder = new URL('./films/', import.meta.url);
const batch = 250;

export function builtInFilms(): FilmRecord[] {
  return readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, folder), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as FilmRecord),
    );
}

/**
 * Loads the built-in catalogue, all or nothing, unless there are films already.
 * @param progress gets the fraction 0 … 1 that is done
 * @returns how many films were added
 */
export function seedFilms(sql: Sql, progress: (fraction: number) => void = () => {}): Promise<number> {
  return sql.transaction(async (tx) => {
    if (await tx.one('select from film limit 1')) return 0;
    const films = builtInFilms();
    for (let from = 0; from < films.length; from += batch) {
      await upsertFilms(tx, films.slice(from, from + batch));
      progress(Math.min(1, (from + batch) / films.length));
    }
    return films.length;
  });
}

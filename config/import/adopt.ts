/** A film of the site that came without a MovieLens id. */
export interface Unnumbered {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
}
export interface Numbered {
  readonly movielensId: number;
  readonly names: readonly string[];
  readonly year: number | null;
}
export interface Adoption {
  readonly film: number;
  readonly movielensId: number;
}

/**
 * Which films of the site are films of the data set. First those of the same year, where the part of a name before or
 * after a colon counts as a name, too ("Star Wars: Episode IV - A New Hope"); then those of the same name whose years
 * differ by one, as premiere and release do, or are not known.
 */
export function adoptions(site: readonly Unnumbered[], films: readonly Numbered[]): Adoption[] {
  const named = new Map<string, Unnumbered[]>();
  for (const film of site) named.set(plain(film.title), [...(named.get(plain(film.title)) ?? []), film]);
  const adopted = new Map<number, number>();
  const pass = (namesOf: (film: Numbered) => readonly string[], near: (a: number | null, b: number | null) => boolean): void => {
    const taken = new Set(adopted.values());
    for (const film of films) {
      if (taken.has(film.movielensId)) continue;
      const same = namesOf(film)
        .flatMap((name) => named.get(plain(name)) ?? [])
        .find(({ id, year }) => !adopted.has(id) && near(year, film.year));
      if (same) adopted.set(same.id, film.movielensId);
    }
  };
  pass(
    ({ names }) => names,
    (a, b) => a === b,
  );
  pass(
    ({ names }) => names.flatMap((name) => name.split(': ')),
    (a, b) => a === b,
  );
  pass(
    ({ names }) => names,
    (a, b) => a === null || b === null || Math.abs(a - b) === 1,
  );
  return [...adopted].map(([film, movielensId]) => ({ film, movielensId }));
}

/** "Amélie" and "Amelie", "Old Boy" and "Oldboy", "The Intouchables" and "Intouchables" are the same name. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^(the|an?) /, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');

import type { Candidate } from './film.ts';

interface Trait {
  readonly kind: 'genre' | 'keyword' | 'decade';
  readonly text: string;
}
/** What part of the group must have it. Keywords tell by accident what two films share. */
const shared = { genre: 0.5, decade: 0.5, keyword: 0.75 } as const;

/**
 * A short name of what films have in common and others have not: "Horror, supernatural", "Animation, 1990s".
 * @param taken names of other groups
 */
export function nameOf(films: readonly Candidate[], among: readonly Candidate[], taken: ReadonlySet<string>): string {
  const told = traitsOf(films)
    .map((trait) => ({ trait, telling: telling(trait, films, among) }))
    .filter(({ telling }) => telling > 0)
    .sort((a, b) => b.telling - a.telling || a.trait.text.localeCompare(b.trait.text))
    .map(({ trait }) => trait);
  const first = told.find(({ kind }) => kind === 'genre') ?? told[0];
  if (!first) return distinct('A bit of everything', taken);
  const names = told.filter((trait) => trait !== first).map(({ text }) => `${capital(first.text)}, ${text}`);
  return [...names, capital(first.text)].find((name) => !taken.has(name)) ?? distinct(capital(first.text), taken);
}

function traitsOf(films: readonly Candidate[]): Trait[] {
  const found = new Map<string, Trait>();
  for (const film of films) for (const trait of ofFilm(film)) found.set(`${trait.kind} ${trait.text}`, trait);
  return [...found.values()].filter((trait) => share(trait, films) >= shared[trait.kind]);
}

const ofFilm = ({ year, genres, keywords }: Candidate): Trait[] => [
  ...genres.map((text): Trait => ({ kind: 'genre', text })),
  ...keywords.map((text): Trait => ({ kind: 'keyword', text })),
  ...(year === null ? [] : [{ kind: 'decade' as const, text: decade(year) }]),
];
const decade = (year: number): string => `${Math.floor(year / 10) * 10}s`;

const has = ({ year, genres, keywords }: Candidate, { kind, text }: Trait): boolean =>
  kind === 'decade' ? year !== null && decade(year) === text : (kind === 'genre' ? genres : keywords).includes(text);
const share = (trait: Trait, films: readonly Candidate[]): number => films.filter((film) => has(film, trait)).length / films.length;

/** Kullback-Leibler: how often it is in the group, times how much more often than elsewhere (in bits). */
function telling(trait: Trait, films: readonly Candidate[], among: readonly Candidate[]): number {
  const here = share(trait, films);
  return here * Math.log2(here / Math.max(share(trait, among), 1 / among.length));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function distinct(name: string, taken: ReadonlySet<string>): string {
  let number = 2,
    other = name;
  while (taken.has(other)) other = `${name} ${number++}`;
  return other;
}

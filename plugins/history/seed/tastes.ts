import { normal, seeded } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';

/** What the simulation may know of a film. */
export interface SeedFilm {
  readonly title: string;
  readonly year: number | null;
  readonly genres?: readonly string[];
  readonly keywords?: readonly string[];
  readonly directors?: readonly string[];
}

interface Taste {
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  /** first and last year that count in favour */
  readonly years?: readonly [number, number];
}

const taste = (genres: string, keywords: string, years?: readonly [number, number]): Taste => ({
  genres: genres.split(' '),
  keywords: keywords.split(', '),
  ...(years && { years }),
});

/** The hidden groups that viewers' likings are mixed from. */
const tastes: readonly Taste[] = [
  taste('Sci-Fi', 'space, dystopia, artificial intelligence, robot, alien, future, time travel, cyberpunk'),
  taste('Horror', 'supernatural, monster, ghost, serial killer, vampire, haunted house, suspense, death'),
  taste('Crime Thriller Film-Noir', 'neo-noir, heist, murder, organized crime, police, investigation, gangster, corruption'),
  taste('Family Animation Children', 'fairy tale, magic, talking animals, friendship, christmas, anime, toys', [1985, 2100]),
  taste('Romance', 'love, marriage, love triangle, forbidden love, jealousy, infidelity, paris'),
  taste('Comedy', 'satire, dark comedy, slapstick, quirky, parody, feel-good, absurd'),
  taste('Drama', 'world cinema, poverty, village, women, working class, colonialism, village life, immigrant'),
  taste('Drama Romance', 'silent film, hollywood, 1930s, expressionism, screwball, technicolor', [1900, 1962]),
  taste('War Western History', 'epic, outlaw, frontier, world war ii, anti-war, honor, resistance, desert'),
  taste('Musical Music', 'musician, dance, singer, concert, jazz, ambition, broadway'),
  taste('Mystery Drama', 'surrealism, dreams, memory, obsession, madness, identity, loneliness, faith', [1950, 2005]),
  taste('Action Adventure Fantasy', 'quest, chase, superhero, spy, revenge, based on comic, martial arts, swordplay', [1975, 2100]),
  taste('Documentary History', 'true story, politics, journalist, courtroom, biography, racism, conspiracy'),
];
/** Likings that no catalogue fact tells of, such as pace and mood; films of one director lean the same way. */
const HIDDEN = 3;
const tasteFactors = tastes.length + HIDDEN;

const shared = (mine: readonly string[] = [], theirs: readonly string[]): number => mine.filter((name) => theirs.includes(name)).length;

function strength(film: SeedFilm, { genres, keywords, years }: Taste): number {
  const era = years && film.year !== null && film.year >= years[0] && film.year <= years[1] ? 0.5 : years ? -0.4 : 0;
  return Math.max(0, Math.min(1.5, shared(film.genres, genres)) + 0.6 * Math.min(3, shared(film.keywords, keywords)) + era);
}

const hash = (text: string): number => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)!) >>> 0, 7);

function hidden(film: SeedFilm): number[] {
  const [own, director] = [seeded(hash(`${film.title} ${film.year}`)), seeded(hash(film.directors?.[0] ?? film.title))];
  return Array.from({ length: HIDDEN }, () => 0.25 * normal(own) + 0.35 * normal(director));
}

/** films × factors: how much each film has of each taste, rows of length 1, the same for the same facts. */
export function filmTastes(films: readonly SeedFilm[]): Float64Array[] {
  return films.map((film) => {
    const row = [...tastes.map((group) => strength(film, group)), ...hidden(film)];
    const length = Math.hypot(...row) || 1;
    return Float64Array.from(row, (value) => value / length);
  });
}

/** A viewer's liking of each factor: one group above all, a second, perhaps a third, often one that is disliked. */
export function drawLiking(random: Random): Float64Array {
  const liking = new Float64Array(tasteFactors);
  const group = (): number => Math.floor(random() * tastes.length);
  if (random() < 0.6) liking[group()]! -= 0.7;
  for (const weight of [1, 0.65, random() < 0.5 ? 0.4 : 0]) liking[group()]! += weight;
  for (let i = tastes.length; i < tasteFactors; i++) liking[i] = 0.55 * normal(random);
  return liking;
}

/** How well each film suits, standardised to mean 0 and variance 1 over the films. */
export function match(liking: Float64Array, films: readonly Float64Array[]): Float64Array {
  const raw = Float64Array.from(films, (film) => film.reduce((sum, value, i) => sum + value * liking[i]!, 0));
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  const deviation = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / raw.length) || 1;
  return raw.map((value) => (value - mean) / deviation);
}

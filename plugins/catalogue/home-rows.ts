import type { Position, Viewer } from '../../recommend/algorithm.ts';
import type { RecommendSession, RowOptions } from '../../recommend/index.ts';
import type { ServedList } from '../../recommend/served.ts';
import { membersOf } from './genre-members.ts';
import { withoutReasons } from './lists.ts';
import type { KnownFilm, KnownGenre, Snapshot } from './load.ts';
import { decadeOf } from './selections.ts';

export interface HomeRow {
  readonly heading: string;
  readonly reason?: string;
  /** where there is more of it */
  readonly href?: string;
  readonly list: ServedList;
}
/** A row before its films are chosen. */
interface Plan extends Omit<HomeRow, 'list'> {
  readonly surface: string;
  /** where a shorter row is worth showing, too */
  readonly fewest?: number;
  make(options: Pick<RowOptions, 'size' | 'without' | 'surface'>): ServedList;
}
/** Which rows of the viewer's are wanted. */
export interface Wanted {
  /** place of the first one, from 0 */
  readonly from: number;
  readonly count: number;
  /** films that stand on the page already */
  readonly without: ReadonlySet<Position>;
}
export interface Rows {
  readonly rows: readonly HomeRow[];
  /** place of the row after these; undefined when there is none */
  readonly next: number | undefined;
}

const size = 18;
/** A shorter row looks like a mistake. */
const usualFewest = 6;
/** So many rows stand on the home page at first. */
export const firstRows = 5;

/**
 * Rows of a viewer's home page, from top to bottom; no film stands in two of them.
 * @param liked films that the viewer liked lately, the latest first
 */
export function homeRows(
  session: RecommendSession,
  catalogue: Snapshot,
  liked: readonly Position[],
  { from, count, without }: Wanted = { from: 0, count: firstRows, without: new Set() },
): Rows {
  const plans = wished(plansFor(session, catalogue, liked), session.blend.spec.rows),
    taken = new Set(without),
    rows: HomeRow[] = [];
  let next = from;
  for (; next < plans.length && rows.length < count; next++) {
    const { make, surface, fewest = usualFewest, ...words } = plans[next]!,
      list = make({ size, surface, without: taken });
    if (list.films.length < fewest) continue;
    for (const { position } of list.films) taken.add(position);
    rows.push({ ...words, list });
  }
  return { rows, next: next < plans.length ? next : undefined };
}

/** All rows that there may be: what says most of the viewer first, then one kind after the other in turns. */
function plansFor(session: RecommendSession, catalogue: Snapshot, liked: readonly Position[]): Plan[] {
  const { viewer } = session;
  const because = liked.map((film): Plan => ({
    heading: `Because you liked ${catalogue.cards[film]!.title}`,
    surface: 'home.because-you-liked',
    make: (row) => withoutReasons(session.similarTo(film, row)),
  }));
  const genres = genresFor(viewer, catalogue).map((genre): Plan => {
    const make: Plan['make'] = (row) => {
      const members = membersOf(genre.name, catalogue.cards);
      return session.forViewer({ ...row, only: (film) => members[film] === 1 });
    };
    return { ...inGenre(genre, viewer), surface: 'home.genre', make };
  });
  const decades = decadesFor(viewer, catalogue).map((decade): Plan => {
    const only = (film: Position): boolean => decadeOf(catalogue.cards[film]!.year) === decade;
    return { ...ofDecade(decade, viewer), surface: 'home.decade', make: (row) => session.forViewer({ ...row, only }) };
  });
  const [genre, secondGenre, ...moreGenres] = genres;
  return [
    { ...forYou(viewer), surface: 'home.for-you', make: (row: RowOptions) => session.forViewer(row) },
    fromFriends(session),
    because[0],
    trending(session),
    genre,
    because[1],
    secondGenre,
    ...inTurns(decades, moreGenres, because.slice(2)),
  ].filter((plan): plan is Plan => plan !== undefined);
}

/** What people whom the viewer follows recommended or loved. */
const fromFriends = (session: RecommendSession): Plan => ({
  heading: 'From people you follow',
  reason: 'What they recommended to you, or gave four stars and more',
  surface: 'home.friends',
  fewest: 1,
  make: (row) => {
    // Asked for once: the set is made anew each time, and every film is looked up in it.
    const { suggested } = session;
    return session.forViewer({ ...row, asides: true, only: (film) => suggested.has(film) });
  },
});

const trending = (session: RecommendSession): Plan => ({
  heading: 'Trending',
  reason: 'What viewers rate and watch most these weeks',
  surface: 'home.trending',
  make: (row) => session.byAlgorithm('trending', row),
});

/** The rows that the viewer's blend names, in its order; all of them where it names none. */
const wished = (plans: readonly Plan[], surfaces: readonly string[] | null): readonly Plan[] =>
  surfaces ? surfaces.flatMap((surface) => plans.filter((plan) => plan.surface === surface)) : plans;

/** The first of each, then the second of each, and so on. */
const inTurns = <T>(...kinds: readonly (readonly T[])[]): T[] =>
  Array.from({ length: Math.max(...kinds.map(({ length }) => length)) }, (_, at) => kinds.flatMap((kind) => kind.slice(at, at + 1))).flat();

/** Nothing speaks for any taste: no film rated or watched, none picked, saved or opened. */
const isNew = ({ films, preferences }: Viewer): boolean => films.length === 0 && preferences.weight.every((weight) => weight <= 0);

const forYou = (viewer: Viewer): Pick<HomeRow, 'heading' | 'reason'> =>
  isNew(viewer)
    ? { heading: 'Popular right now', reason: 'We do not know your taste yet, so this is what most viewers like' }
    : { heading: 'For you', reason: viewer.films.length > 0 ? 'Chosen by what you rated and watched' : 'Chosen by what you picked and looked at' };

const inGenre = ({ name, slug }: KnownGenre, viewer: Viewer): Pick<HomeRow, 'heading' | 'href' | 'reason'> => ({
  heading: name,
  href: `/genre/${slug}`,
  reason: isNew(viewer)
    ? 'Popular in this genre'
    : viewer.films.length > 0
      ? 'One of the genres you rate highest'
      : 'A genre that your choices speak for',
});

const ofDecade = (decade: number, viewer: Viewer): Pick<HomeRow, 'heading' | 'href' | 'reason'> => ({
  heading: `The ${decade}s`,
  href: `/decade/${decade}`,
  reason: isNew(viewer) ? 'Popular films of these years' : 'A decade whose films you rate highly',
});

/** The genres that the viewer's stars speak for, most first, or what was picked where there are none; the largest ones for somebody new. */
export function genresFor(viewer: Viewer, { cards, genres }: Pick<Snapshot, 'cards' | 'genres'>): KnownGenre[] {
  const weight = weights(viewer, cards, ({ genres: own }) => own);
  return genres.filter(({ name }) => (weight.get(name) ?? 0) > 0).sort((a, b) => weight.get(b.name)! - weight.get(a.name)!);
}

/** First years of decades, in the same way. */
function decadesFor(viewer: Viewer, { cards }: Pick<Snapshot, 'cards'>): number[] {
  const weight = weights(viewer, cards, ({ year }) => {
    const decade = decadeOf(year);
    return decade === undefined ? [] : [decade];
  });
  return [...weight]
    .filter(([, by]) => by > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([decade]) => decade);
}

/** How much the viewer's films speak for each thing that is said of them. Three stars are no opinion; a film watched without a rating counts as a slight liking. */
function weights<T>(viewer: Viewer, cards: readonly KnownFilm[], said: (film: KnownFilm) => readonly T[]): Map<T, number> {
  const weight = new Map<T, number>();
  const add = (film: Position, by: number): void => {
    for (const one of said(cards[film]!)) weight.set(one, (weight.get(one) ?? 0) + by);
  };
  if (isNew(viewer)) cards.forEach((_, film) => add(film, 1));
  else if (viewer.films.length === 0) viewer.preferences.films.forEach((film, i) => add(film, viewer.preferences.weight[i]!));
  else viewer.films.forEach((film, i) => add(film, Number.isNaN(viewer.stars[i]!) ? 0.5 : viewer.stars[i]! - 3));
  return weight;
}

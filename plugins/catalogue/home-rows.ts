import type { Position, Viewer } from '../../recommend/algorithm.ts';
import type { RecommendSession, RowOptions } from '../../recommend/index.ts';
import type { ServedList } from '../../recommend/served.ts';
import { withoutReasons } from './lists.ts';
import type { KnownGenre, Snapshot } from './load.ts';

export interface HomeRow {
  readonly heading: string;
  readonly reason?: string;
  /** where there is more of it */
  readonly href?: string;
  readonly list: ServedList;
}
type Words = Omit<HomeRow, 'list'>;
type Make = (options: Pick<RowOptions, 'size' | 'without'>) => ServedList;

const size = 18;
/** A shorter row looks like a mistake. */
const fewest = 6;

/**
 * The rows of a viewer's home page, from top to bottom; no film stands in two of them.
 * @param liked films that the viewer liked lately, the latest first
 */
export function homeRows(session: RecommendSession, catalogue: Snapshot, liked: readonly Position[]): HomeRow[] {
  const rows = new Rows();
  rows.add(forYou(session.viewer), (row) => session.forViewer({ ...row, surface: 'home.for-you' }));
  const because = (film: Position | undefined): void => {
    if (film === undefined) return;
    rows.add({ heading: `Because you liked ${catalogue.cards[film]!.title}` }, (row) =>
      withoutReasons(session.similarTo(film, { ...row, surface: 'home.because-you-liked' })),
    );
  };
  because(liked[0]);
  rows.add({ heading: 'Trending', reason: 'What viewers rate and watch most these weeks' }, (row) =>
    session.byAlgorithm('trending', { ...row, surface: 'home.trending' }),
  );
  because(liked[1]);
  for (const genre of genresFor(session.viewer, catalogue)) {
    const only = (film: Position): boolean => catalogue.cards[film]!.genres.includes(genre.name);
    rows.add(inGenre(genre, session.viewer), (row) => session.forViewer({ ...row, only, surface: 'home.genre' }));
  }
  return rows.all;
}

class Rows {
  readonly all: HomeRow[] = [];
  readonly #taken = new Set<Position>();

  add(words: Words, make: Make): void {
    const list = make({ size, without: this.#taken });
    if (list.films.length < fewest) return;
    for (const { position } of list.films) this.#taken.add(position);
    this.all.push({ ...words, list });
  }
}

/** Nothing speaks for any taste: no film rated or watched, none picked, saved or opened. */
const isNew = ({ films, preferences }: Viewer): boolean => films.length === 0 && preferences.weight.every((weight) => weight <= 0);

const forYou = (viewer: Viewer): Words =>
  isNew(viewer)
    ? { heading: 'Popular right now', reason: 'We do not know your taste yet, so this is what most viewers like' }
    : { heading: 'For you', reason: viewer.films.length > 0 ? 'Chosen by what you rated and watched' : 'Chosen by what you picked and looked at' };

const inGenre = ({ name, slug }: KnownGenre, viewer: Viewer): Words => ({
  heading: name,
  href: `/genre/${slug}`,
  reason: isNew(viewer)
    ? 'Popular in this genre'
    : viewer.films.length > 0
      ? 'One of the genres you rate highest'
      : 'A genre that your choices speak for',
});

/** The two genres that the viewer's stars speak for most, or what was picked where there are none; the two largest ones for somebody new. */
export function genresFor(viewer: Viewer, { cards, genres }: Pick<Snapshot, 'cards' | 'genres'>): KnownGenre[] {
  const weight = new Map<string, number>();
  const add = (film: Position, by: number): void => {
    for (const genre of cards[film]!.genres) weight.set(genre, (weight.get(genre) ?? 0) + by);
  };
  // Three stars are no opinion; a film watched without a rating counts as a slight liking.
  if (isNew(viewer)) cards.forEach((_, film) => add(film, 1));
  else if (viewer.films.length === 0) viewer.preferences.films.forEach((film, i) => add(film, viewer.preferences.weight[i]!));
  else viewer.films.forEach((film, i) => add(film, Number.isNaN(viewer.stars[i]!) ? 0.5 : viewer.stars[i]! - 3));
  return genres
    .filter(({ name }) => (weight.get(name) ?? 0) > 0)
    .sort((a, b) => weight.get(b.name)! - weight.get(a.name)!)
    .slice(0, 2);
}

import { DAY } from './calendar.ts';
import type { SeedFilm } from './tastes.ts';

/** Science fiction, thrillers, Japanese masters and Ghibli, and what such a viewer does not care for. Newest first. */
const rated = `
  Arrival|2016|5
  Dune|2021|4
  The Boy and the Heron|2023|4.5
  Parasite|2019|4.5
  Blade Runner|1982|5
  Stalker|1979|4.5
  Seven Samurai|1954|5
  Spirited Away|2001|5
  Memento|2000|4.5
  Mamma Mia!|2008|2
  Interstellar|2014|4
  Oldboy|2003|4
  Princess Mononoke|1997|5
  Rashomon|1950|4.5
  Alien|1979|5
  Se7en|1995|4.5
  Ghost in the Shell|1995|4.5
  Inception|2010|4.5
  Grease|1978|2
  Yojimbo|1961|4.5
  My Neighbor Totoro|1988|4.5
  Children of Men|2006|4.5
  The Matrix|1999|4.5
  No Country for Old Men|2007|4.5
  Zodiac|2007|4
  Akira|1988|4
  2001: A Space Odyssey|1968|5
  Ran|1985|4.5
  Titanic|1997|2.5
  Howl's Moving Castle|2004|4
  Nausicaä of the Valley of the Wind|1984|4.5
  Solaris|1972|4
  The Silence of the Lambs|1991|4.5
  Gattaca|1997|4
  Vertigo|1958|4.5
  Ikiru|1952|4.5
  Les Misérables|2012|2
  Castle in the Sky|1986|4
  The Thing|1982|4
  Metropolis|1927|4
  The Terminator|1984|4
  District 9|2009|3.5
  Rear Window|1954|4
  Your Name|2016|4
  The Prestige|2006|4
`
  .trim()
  .split('\n')
  .map((row) => row.trim().split('|') as [string, string, string]);

const EVERY = 7.3 * DAY;

export interface Favourite {
  /** index into the films given */
  readonly film: number;
  /** 0.5 … 5 in halves */
  readonly stars: number;
  /** seconds before now */
  readonly ago: number;
}

/** The ratings of the built-in viewer, newest first, over about a year. Films that are not there are left out. */
export function favouritesOfViewer(films: readonly Pick<SeedFilm, 'title' | 'year'>[]): Favourite[] {
  const index = new Map(films.map(({ title, year }, film) => [`${title}|${year}`, film]));
  return rated
    .flatMap(([title, year, stars]) => {
      const film = index.get(`${title}|${year}`);
      return film === undefined ? [] : [{ film, stars: Number(stars) }];
    })
    .map((favourite, i) => ({ ...favourite, ago: Math.round((i + 0.4) * EVERY) }));
}

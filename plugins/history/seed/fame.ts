import { normal } from '../../../math/random.ts';
import type { Random } from '../../../math/random.ts';
import type { SeedFilm } from './tastes.ts';

/** Films that nearly everybody has heard of. */
const household = new Set(
  `The Wizard of Oz|Casablanca|It's a Wonderful Life|Psycho|The Sound of Music|2001: A Space Odyssey|The Godfather
The Exorcist|Jaws|Monty Python and the Holy Grail|Star Wars|Alien|The Shining|Raiders of the Lost Ark|Blade Runner|E.T. the Extra-Terrestrial
Ghostbusters|The Terminator|Back to the Future|The Breakfast Club|The Princess Bride|Die Hard|Goodfellas|Home Alone|The Silence of the Lambs
Terminator 2: Judgment Day|Jurassic Park|Schindler's List|Groundhog Day|Pulp Fiction|The Shawshank Redemption|Forrest Gump|The Lion King
Toy Story|Se7en|Fargo|Titanic|Saving Private Ryan|The Big Lebowski|The Truman Show|The Matrix|Fight Club|The Sixth Sense|Gladiator|Memento
The Lord of the Rings: The Fellowship of the Ring|Amélie|Spirited Away|Monsters, Inc.|Finding Nemo|Lost in Translation|The Incredibles
Eternal Sunshine of the Spotless Mind|Pan's Labyrinth|The Departed|No Country for Old Men|The Dark Knight|WALL·E|Up|Inglourious Basterds|Inception
The Social Network|Django Unchained|Frozen|Interstellar|The Grand Budapest Hotel|Mad Max: Fury Road|La La Land|Arrival|Get Out|Parasite
Knives Out|Dune|Everything Everywhere All at Once|Oppenheimer|Barbie`.split(/[|\n]/),
);

const LEAN: Readonly<Record<string, number>> = {
  Action: 0.5,
  Adventure: 0.4,
  'Sci-Fi': 0.4,
  Animation: 0.3,
  Comedy: 0.2,
  Documentary: -0.8,
  War: -0.2,
  Musical: -0.2,
};

/** Goodness of each film, about standard normal. */
export const drawQuality = (films: readonly SeedFilm[], random: Random): Float64Array =>
  Float64Array.from(films, ({ title }) => 0.9 * normal(random) + (household.has(title) ? 1 : 0));

/**
 * Chance of each film to be chosen, taste aside, up to a factor: a power law of its rank. Household names lead; good,
 * recent and crowd-pleasing films come before others.
 */
export function drawFame(films: readonly SeedFilm[], quality: Float64Array, random: Random): Float64Array {
  const known = films.map(
    ({ title, year, genres = [], keywords = [] }, film) =>
      (household.has(title) ? 2 : 0) +
      0.3 * quality[film]! +
      ((year ?? 1980) - 1980) / 40 +
      genres.reduce((sum, genre) => sum + (LEAN[genre] ?? 0), 0) -
      (keywords.includes('world cinema') ? 0.6 : 0) +
      0.8 * normal(random),
  );
  const fame = new Float64Array(films.length);
  [...known.keys()].sort((a, b) => known[b]! - known[a]!).forEach((film, rank) => (fame[film] = 1 / (rank + 15) ** 0.8));
  return fame;
}

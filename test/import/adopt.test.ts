import { adoptions, type Unnumbered } from '../../config/import/adopt.ts';
import { parseTitle } from '../../config/import/titles.ts';

/** Which film of the site each title is taken for. */
function adopted(site: readonly (readonly [string, number | null])[], titles: readonly string[]): Record<string, string> {
  const films: Unnumbered[] = site.map(([title, year], i) => ({ id: i + 1, title, year }));
  const found = adoptions(
    films,
    titles.map((title, i) => ({ movielensId: 100 + i, ...parseTitle(title) })),
  );
  return Object.fromEntries(found.map(({ film, movielensId }) => [titles[movielensId - 100]!, site[film - 1]![0]]));
}

describe('films of the site that a data set brings', () => {
  test.each([
    ['The Matrix', 1999, 'Matrix, The (1999)'],
    ['Amélie', 2001, "Amelie (Fabuleux destin d'Amélie Poulain, Le) (2001)"],
    ['Se7en', 1995, 'Seven (a.k.a. Se7en) (1995)'],
    ['Das Boot', 1981, 'Boot, Das (Boat, The) (1981)'],
    ['Moulin Rouge!', 2001, 'Moulin Rouge (2001)'],
    ['Oldboy', 2003, 'Old Boy (2003)'],
    ['The Intouchables', 2011, 'Intouchables (2011)'],
    ['The Godfather Part II', 1974, 'Godfather: Part II, The (1974)'],
    ['Star Wars', 1977, 'Star Wars: Episode IV - A New Hope (1977)'],
    ['Cinema Paradiso', 1988, 'Cinema Paradiso (Nuovo cinema Paradiso) (1989)'],
    ['Moonlight', 2016, 'Moonlight'],
    ['七人の侍', 1954, 'Seven Samurai (七人の侍) (1954)'],
  ])('%s (%d) is %s', (title, year, text) => {
    expect(adopted([[title, year]], [text])).toEqual({ [text]: title });
  });

  test.each([
    ['Psycho', 1960, 'Psycho (1998)'],
    ['Star Trek', 2009, 'Star Trek: The Motion Picture (1979)'],
    ['Solaris', 1972, 'Solaris 2 (1972)'],
  ])('%s (%d) is not %s', (title, year, text) => {
    expect(adopted([[title, year]], [text])).toEqual({});
  });

  test('the same year comes first, and no film is taken twice', () => {
    expect(adopted([['Whiplash', 2014]], ['Whiplash (2013)', 'Whiplash (2014)'])).toEqual({ 'Whiplash (2014)': 'Whiplash' });
    expect(adopted([['Emma', 1996]], ['Emma (1996)', 'Emma (1996) '])).toEqual({ 'Emma (1996)': 'Emma' });
    expect(
      adopted(
        [
          ['Emma', 1996],
          ['Emma', 1996],
        ],
        ['Emma (1996)'],
      ),
    ).toEqual({ 'Emma (1996)': 'Emma' });
  });
});

import { parseTitle } from '../../config/import/titles.ts';

describe('a MovieLens title', () => {
  test.each([
    ['Toy Story (1995)', 'Toy Story', 1995],
    ['Matrix, The (1999)', 'The Matrix', 1999],
    ['American President, The (1995)', 'The American President', 1995],
    ["Avventura, L' (Adventure, The) (1960)", "L'Avventura (The Adventure)", 1960],
    ['City of Lost Children, The (Cité des enfants perdus, La) (1995)', 'The City of Lost Children (La Cité des enfants perdus)', 1995],
    [
      'Good, the Bad and the Ugly, The (Buono, il brutto, il cattivo, Il) (1966)',
      'The Good, the Bad and the Ugly (Il Buono, il brutto, il cattivo)',
      1966,
    ],
    ['(500) Days of Summer (2009)', '(500) Days of Summer', 2009],
    ['[REC]² (2009)', '[REC]² ', 2009],
    ['2001: A Space Odyssey (1968)', '2001: A Space Odyssey', 1968],
    ['Death Note (2006–2007)', 'Death Note', 2006],
    ['Big Bang Theory, The (2007-)', 'The Big Bang Theory', 2007],
    ['Babylon 5', 'Babylon 5', null],
    ['Girl, Interrupted (1999) ', 'Girl, Interrupted', 1999],
    ['Odd  spaces\tinside (2001)', 'Odd spaces inside', 2001],
    ['Year of no film (1066)', 'Year of no film', null],
    ['(1995)', '', 1995],
    ['', '', null],
  ])('%s', (text, title, year) => {
    expect(parseTitle(text)).toMatchObject({ title: title.trim(), year });
  });

  test('has every name by itself', () => {
    expect(parseTitle('Seven (a.k.a. Se7en) (1995)')).toEqual({ title: 'Seven (a.k.a. Se7en)', year: 1995, names: ['Seven', 'Se7en'] });
    expect(parseTitle('Rome, Open City (a.k.a. City, The Open) (Roma, città aperta) (1945)').names).toEqual([
      'Rome, Open City',
      'City, The Open',
      'Roma, città aperta',
    ]);
    expect(parseTitle('Bicycle Thieves (a.k.a. Bicycle Thief, The) (1948)')).toMatchObject({
      title: 'Bicycle Thieves (a.k.a. The Bicycle Thief)',
      names: ['Bicycle Thieves', 'The Bicycle Thief'],
    });
  });
});

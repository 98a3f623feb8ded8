import { existsSync } from 'node:fs';
import { sharedPath } from '../shared-data.ts';
import { removeFiles } from './files.ts';
import { ImportSite } from './site.ts';

const folder = sharedPath('data/ml-latest-small'),
  metadata = sharedPath('data/catalogue/ml-latest-small.jsonl.gz');
afterAll(removeFiles);

(existsSync(folder) && existsSync(metadata) ? test : test.skip)(
  'MovieLens latest-small with metadata, twice',
  async () => {
    const site = await ImportSite.open();
    try {
      expect(await site.import(folder, metadata)).toMatchObject({ films: { added: 9742, changed: 0 }, viewers: 610, ratings: 100_836 });
      expect(
        await site.rows(
          `select title, year, plot <> '' as plot, runtime, rating_count as n from film where movielens_id in (2571, 260) order by movielens_id`,
        ),
      ).toEqual([
        { title: 'Star Wars: Episode IV - A New Hope', year: 1977, plot: true, runtime: 121, n: 251 },
        { title: 'The Matrix', year: 1999, plot: true, runtime: 136, n: 278 },
      ]);
      expect(await site.rows('select sum(rating_count)::integer as n, sum(rating_sum)::float8 as stars from film')).toEqual([
        { n: 100_836, stars: 353_083 },
      ]);
      expect(await site.import(folder, metadata)).toEqual({ films: { added: 0, changed: 0 }, facts: 0, viewers: 0, ratings: 0 });
    } finally {
      await site.close();
    }
  },
  300_000,
);

import { dataSet, importTimed } from './data.ts';
import { startServer } from './database.ts';
import type { Table } from './table.ts';

/** Imports into empty databases, then the same again. */
export async function importing(): Promise<Table> {
  const server = await startServer(),
    rows: (string | number)[][] = [];
  for (const name of ['ml-latest-small', 'ml-1m'] as const) {
    const files = dataSet(name);
    if (!files) continue;
    const url = await server.database(name),
      first = await importTimed(url, files),
      again = await importTimed(url, files);
    const ofRatings = (first.seconds.get('Read the ratings') ?? 0) + (first.seconds.get('Store the ratings') ?? 0);
    rows.push([
      name,
      first.films.added.toLocaleString('en'),
      first.ratings.toLocaleString('en'),
      first.total,
      Math.round(first.ratings / ofRatings).toLocaleString('en'),
      again.total,
    ]);
  }
  await server.stop();
  return {
    title: 'Import',
    columns: ['Data set', 'Films', 'Ratings', 'Seconds in all', 'Ratings a second', 'Seconds again'],
    rows,
    note: 'With metadata, into an empty embedded database; the rate is of reading and storing the ratings. "Again" is a second import of the same files, which changes nothing.',
  };
}

import { basename } from 'node:path';
import { badRequest } from '../../core/errors.ts';
import type { DataSet } from '../../jobs/evaluation/data-set.ts';
import { movielens } from '../import/movielens.ts';
import type { Report } from '../import/report.ts';
import { openSource } from '../import/source.ts';
import { RatingColumns } from './columns.ts';
import { readFacts } from './films.ts';
import { readNcf, type NcfFiles } from './ncf.ts';

/** Where the data lies: a MovieLens folder or zip, or the files of a published split, with the films of that folder. */
export interface Sources {
  readonly data: string | undefined;
  readonly metadata: string | undefined;
  readonly split: NcfFiles | undefined;
}

/** @throws 400 with what is wrong with the files */
export async function readDataSet({ data, metadata, split }: Sources, report: Report, progress: (fraction: number) => void): Promise<DataSet> {
  if (data === undefined) return readNcf(split!, undefined);
  const source = await openSource(data);
  try {
    const { films, ratings } = movielens(source.files);
    const facts = await readFacts(films, metadata, report);
    if (split) return await readNcf(split, facts);
    if (!ratings) throw badRequest(`${data} has films but no ratings.`);
    const ids = [...facts.keys()].sort((a, b) => a - b),
      positions = new Map(ids.map((id, position) => [id, position])),
      columns = new RatingColumns();
    let read = 0;
    for await (const { line, user, movie, stars, at } of ratings.rows(report, (bytes) => progress((read += bytes) / ratings.size))) {
      const film = positions.get(movie);
      if (film === undefined) report.refuse(ratings.name, line, 'there is no such film');
      else columns.add(user, film, stars, at);
    }
    return { name: basename(data), films: ids.map((id) => facts.get(id)!), ...columns.finish(ids.length) };
  } finally {
    source.close();
  }
}

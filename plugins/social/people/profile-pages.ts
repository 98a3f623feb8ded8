import { Router, type Request } from 'express';
import type { Profile } from '../../accounts/api.ts';
import type { Parts } from '../parts.ts';
import { linesOf, read } from '../feed/lines.ts';
import { doingsOf, readCursor } from '../feed/store.ts';
import { textOf } from '../query.ts';
import { favouriteGenres, histogram, statistics } from './statistics.ts';

/** /people/{handle}: what somebody did lately. */
export const profilePages = (parts: Parts): Router =>
  Router().get('/people/:handle', (request, response) =>
    parts.profiles.send(request, response, 'social/profile', (person) => activityOf(parts, request, person)),
  );

async function activityOf(parts: Parts, request: Request, { id, unit, handle }: Profile): Promise<object> {
  const { sql, shown } = parts,
    before = readCursor(textOf(request, 'before'));
  const [stats, bars, genres, happenings] = await Promise.all([
    statistics(sql, unit),
    histogram(sql, unit),
    favouriteGenres(sql, unit, 5),
    doingsOf(sql, id, read, before, shown('a.kind', 'a.subject')),
  ]);
  const { lines, older } = await linesOf(parts, happenings);
  const most = Math.max(1, ...bars.map(({ n }) => n));
  return {
    stats: { ...stats, hours: Math.round(stats.minutes / 60) },
    genres,
    bars: bars.map((bar) => ({ ...bar, height: Math.round((100 * bar.n) / most) })),
    lines,
    older: older && `/people/${handle}?before=${older}`,
  };
}

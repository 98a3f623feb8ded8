import { Router, type Request } from 'express';
import type { Profile } from '../../accounts/api.ts';
import type { Parts } from '../parts.ts';
import { linesOf, read } from '../feed/lines.ts';
import { doingsOf, readCursor } from '../feed/store.ts';
import { textOf } from '../query.ts';
import { statistics } from './statistics.ts';

/** /people/{handle}: what somebody did lately. */
export const profilePages = (parts: Parts): Router =>
  Router().get('/people/:handle', (request, response) =>
    parts.profiles.send(request, response, 'social/profile', (person) => activityOf(parts, request, person)),
  );

async function activityOf(parts: Parts, request: Request, { id, unit, handle }: Profile): Promise<object> {
  const { sql, shown } = parts,
    before = readCursor(textOf(request, 'before'));
  const [stats, happenings] = await Promise.all([statistics(sql, unit), doingsOf(sql, id, read, before, shown('a.kind', 'a.subject'))]);
  const { lines, older, slots } = await linesOf(parts, happenings);
  return {
    stats: { ...stats, hours: Math.round(stats.minutes / 60) },
    lines,
    slots,
    older: older && `/people/${handle}?before=${older}`,
  };
}

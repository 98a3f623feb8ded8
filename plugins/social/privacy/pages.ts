import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Sql } from '../../../core/database/sql.ts';
import { read, refused } from '../../../core/http/form.ts';
import { signedIn } from '../../../core/http/request.ts';
import { levels } from '../api.ts';
import type { Parts } from '../parts.ts';
import { peopleOf } from '../people/pages.ts';

const Form = z.object({ level: z.enum(levels, 'Choose who may see it.') });
const words = {
  public: ['social.privacy.public', 'social.privacy.publicHint'],
  followers: ['social.privacy.followers', 'social.privacy.followersHint'],
  private: ['social.privacy.private', 'social.privacy.privateHint'],
} as const;

/** /account/privacy: who sees what I do, and whom I do not want to see. */
export function privacyPages(parts: Parts): Router {
  const { privacy, pages } = parts;
  return Router()
    .get('/account/privacy', async (request, response) => pages.send(request, response, 'social/privacy', await own(parts, request)))
    .post('/account/privacy', async (request, response) => {
      const { id } = signedIn(request);
      try {
        await privacy.setLevel(id, read(Form, request.body).level, request.clock);
      } catch (error) {
        const { status, errors } = refused(request, error);
        return pages.send(request, response, 'social/privacy', { ...(await own(parts, request)), errors }, { status });
      }
      response.redirect(303, '/account/privacy?saved');
    });
}

async function own({ sql, accounts, privacy }: Parts, request: Request): Promise<object> {
  const { id } = signedIn(request);
  const [level, blocked, muted] = await Promise.all([
    privacy.level(id),
    ids(sql, 'blocked', 'block', 'blocker', id),
    ids(sql, 'muted', 'mute', 'muter', id),
  ]);
  return {
    saved: request.query['saved'] !== undefined,
    choices: levels.map((one) => ({ id: one, chosen: one === level, name: words[one][0], hint: words[one][1] })),
    blocked: await peopleOf(accounts, blocked),
    muted: await peopleOf(accounts, muted),
  };
}

const ids = async (sql: Sql, column: 'blocked' | 'muted', table: 'block' | 'mute', by: 'blocker' | 'muter', account: number): Promise<number[]> =>
  (await sql.rows<{ id: number }>(`select ${column} as id from ${table} where ${by} = $1 order by at desc`, [account])).map((row) => row.id);

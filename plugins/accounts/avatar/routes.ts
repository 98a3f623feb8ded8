import { Router, type Request } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { invalid, notFound } from '../../../core/errors.ts';
import { idFrom, refused } from '../../../core/http/form.ts';
import { signedIn } from '../../../core/http/request.ts';
import { readUpload } from '../upload.ts';
import { Privacy } from '../../social/api.ts';
import { showAccount } from '../pages/account.ts';
import type { Parts } from '../pages/parts.ts';
import { drawnAvatar } from './drawn.ts';
import { squareWebp } from './picture.ts';

/** Bytes of an uploaded picture. */
const mostBytes = 8_000_000;
interface Shown {
  readonly name: string;
  readonly handle: string;
  readonly picture: Buffer | null;
}
const shownOf = (sql: Sql, account: number): Promise<Shown | undefined> =>
  sql.one<Shown>('select a.name, a.handle, v.picture from account a left join avatar v on v.account = a.id where a.id = $1 and a.left_at is null', [
    account,
  ]);

/** /avatar/{account}: the picture of somebody whom the reader may know of, and the forms that change one's own. */
export const avatarRoutes = (parts: Parts): Router => {
  const { sql, find } = parts;
  return Router()
    .get('/avatar/:account', async (request, response) => {
      const id = idFrom(request.params['account'], 'picture'),
        shown = await shownOf(sql, id);
      const privacy = find(Privacy);
      if (!shown || (privacy && !(await privacy.canSee(request.account?.id, id, 'profile')))) throw notFound('picture');
      response.set({ 'cache-control': 'private, max-age=300', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" });
      if (shown.picture) response.type('image/webp').send(shown.picture);
      else response.type('image/svg+xml').send(drawnAvatar(shown));
    })
    .post('/account/avatar', async (request, response) => {
      const { id } = signedIn(request);
      try {
        await keepPicture(sql, id, await pictureIn(request), request.clock);
      } catch (error) {
        const { status, errors, message } = refused(request, error, [400, 413, 422]);
        if (status === 413) response.set('connection', 'close');
        return showAccount(parts, request, response, status, { errors: { picture: errors['picture'] ?? message } });
      }
      response.redirect(303, '/account?saved=picture');
    })
    .post('/account/avatar/delete', async (request, response) => {
      await sql.rows('delete from avatar where account = $1', [signedIn(request).id]);
      response.redirect(303, '/account?saved=picture');
    });
};

async function pictureIn(request: Request): Promise<Buffer> {
  const { file } = await readUpload(request, mostBytes);
  if (!file) throw invalid({ picture: 'Choose a picture first.' });
  return squareWebp(file.bytes);
}

const keepPicture = async (sql: Sql, account: number, picture: Buffer, at: Date): Promise<void> =>
  void (await sql.rows(
    `insert into avatar (account, picture, changed_at) values ($1, $2, $3)
      on conflict (account) do update set picture = excluded.picture, changed_at = excluded.changed_at`,
    [account, picture, at],
  ));

import { Router } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { idFrom } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Mailer } from '../../../core/mail.ts';
import { forget, sendAgain } from '../letters/again.ts';

const shown = 200;

/** Data of the console's page of letters. A link in one lets its reader into the account, so they are for admins. */
export const letterRoutes = (sql: Sql, mailer: Mailer): Router =>
  Router()
    .get('/letters', async (request, response) => {
      requireRole(request, 'admin');
      const letters = await sql.rows(
        `select id, recipient, subject, body, at, problem, tries, next_try as "nextTry" from unsent_letter order by at desc, id desc limit ${shown}`,
      );
      response.json({ configured: mailer.configured, letters });
    })
    .post('/letters/:id/send', async (request, response) => {
      const { id } = requireRole(request, 'admin');
      await sendAgain(sql, mailer, idFrom(request.params.id, 'letter'), id, request.clock);
      response.json({});
    })
    .post('/letters/:id/forget', async (request, response) => {
      const { id } = requireRole(request, 'admin');
      await forget(sql, idFrom(request.params.id, 'letter'), id);
      response.json({});
    });

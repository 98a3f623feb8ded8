import { Router } from 'express';
import type { Sql } from '../../../core/database/sql.ts';
import { idFrom } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { NotificationsService } from '../../social/api.ts';
import { decide, decided, endSuspension, open, showAgain, suspended } from '../queue.ts';

/** Data of the console's page of reports. */
export const queueRoutes = (sql: Sql, news: () => NotificationsService | undefined): Router =>
  Router()
    .get('/queue', async (request, response) => {
      requireRole(request, 'manager');
      const [waiting, done, silenced] = await Promise.all([open(sql), decided(sql), suspended(sql, request.clock)]);
      response.json({ open: waiting, decided: done, suspended: silenced });
    })
    .post('/decide', async (request, response) => {
      const { id } = requireRole(request, 'manager');
      await sql.transaction((tx) => decide(tx, request.body, id, request.clock, news()));
      response.json({});
    })
    .post('/show', async (request, response) => {
      const { id } = requireRole(request, 'manager');
      await sql.transaction((tx) => showAgain(tx, request.body, id));
      response.json({});
    })
    .post('/suspensions/:account/end', async (request, response) => {
      const { id } = requireRole(request, 'manager');
      await sql.transaction((tx) => endSuspension(tx, idFrom(request.params.account, 'suspension'), id));
      response.json({});
    });

import { Router } from 'express';
import { z } from 'zod';
import { idFrom, read } from '../../../core/http/form.ts';
import { requireRole } from '../../../core/http/request.ts';
import type { Tokens } from '../api.ts';

const wanted = z.strictObject({ name: z.string('must be text'), scope: z.enum(['read', 'write'], 'must be read or write') });

/** Bearer tokens of the JSON API: for administrators, because a token that writes speaks for everybody. */
export function tokenRoutes(tokens: Tokens): Router {
  return Router()
    .get('/tokens', async (request, response) => {
      requireRole(request, 'admin');
      response.json({ tokens: await tokens.list() });
    })
    .post('/tokens', async (request, response) => {
      const operator = requireRole(request, 'admin').id,
        { name, scope } = read(wanted, request.body);
      response.status(201).json({ token: await tokens.create(name, scope, operator) });
    })
    .post('/tokens/:id/revoke', async (request, response) => {
      const operator = requireRole(request, 'admin').id;
      await tokens.revoke(idFrom(request.params.id, 'API token'), operator);
      response.json({});
    });
}

import { Router } from 'express';
import { signedIn } from '../../http/request.ts';
import type { ConsoleDeps } from '../ports.ts';

/** Who is signed in, with the token that the sign-out form needs. */
export const meRoutes = (_deps: ConsoleDeps): Router =>
  Router().get('/me', (request, response) => {
    const { id, name, handle, role } = signedIn(request);
    response.json({ id, name, handle, role, csrf: request.csrf });
  });

import { Router, type Request } from 'express';
import { notFound } from '../../../core/errors.ts';
import { safeNext } from '../../../core/http/form.ts';
import { signedIn } from '../../../core/http/request.ts';
import type { Parts } from '../parts.ts';
import { namedPerson } from '../people/profiles.ts';
import type { Step } from './store.ts';

/**
 * What the buttons beside a person send. Whom one may not know of is 404, like nobody at all; only what was done before
 * such a person disappeared can still be taken back.
 */
export function followRoutes({ accounts, follows, privacy }: Parts): Router {
  const router = Router();
  const route = (verb: string, act: (step: Step, known: boolean) => Promise<unknown>, way?: string): void =>
    void router.post(`/people/:handle/${verb}`, async (request, response) => {
      const me = signedIn(request),
        person = await namedPerson(accounts, request);
      const known = await privacy.canSee(me.id, person.id, 'profile');
      await act({ me: me.id, other: person.id, at: request.clock, path: `/people/${me.handle}` }, known);
      response.redirect(303, nextOf(request, way ?? `/people/${person.handle}`));
    });
  const doing = (verb: string, act: (step: Step) => Promise<unknown>, way?: string): void =>
    route(verb, (step, known) => (known ? act(step) : refuse()), way);
  const undoing = (verb: string, act: (me: number, other: number) => Promise<boolean>, way?: string): void =>
    route(verb, async ({ me, other }, known) => (await act(me, other)) || known || refuse(), way);

  doing('follow', (step) => follows.follow(step));
  doing('block', follows.block, '/account/privacy');
  doing('mute', (step) => follows.mute(step));
  doing('accept', (step) => follows.answer(step, true), '/notifications');
  doing('decline', (step) => follows.answer(step, false), '/notifications');
  undoing('unfollow', follows.unfollow);
  undoing('remove', (me, other) => follows.unfollow(other, me));
  undoing('unblock', follows.unblock, '/account/privacy');
  undoing('unmute', follows.unmute, '/account/privacy');
  return router;
}

const refuse = (): Promise<never> => Promise.reject(notFound('person'));
const nextOf = (request: Request, fallback: string): string => safeNext((request.body as Record<string, unknown> | undefined)?.['next'], fallback);

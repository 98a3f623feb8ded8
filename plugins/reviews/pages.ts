import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import { notFound } from '../../core/errors.ts';
import { idFrom, read, refused, safeNext } from '../../core/http/form.ts';
import { signedIn } from '../../core/http/request.ts';
import { comment, deepest, removeComment, threadOf } from './comments.ts';
import { CommentForm, ReviewForm } from './input.ts';
import { like, unlike } from './likes.ts';
import type { Parts } from './parts.ts';
import { shownComments, shownReviews, type ShownReview } from './shown.ts';
import { edits, one, own, remove, write } from './store.ts';

type Body = Record<string, unknown> | undefined;
const readerOf = (request: Request): number | null => request.account?.id ?? null;

/** Where reviews are written, read and answered. */
export function reviewPages(parts: Parts): Router {
  const { pages, films } = parts;
  const router = Router();

  const form = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const { id } = signedIn(request),
      film = idFrom(request.params['id'], 'film');
    const card = (await films.cards([film])).get(film);
    if (!card || card.hidden) throw notFound('film');
    await pages.send(request, response, 'reviews/form', { film: card, values: (await own(parts, id, film)) ?? {}, ...data }, { status });
  };
  router.get('/film/:id/review', (request, response) => form(request, response));
  router.post('/film/:id/review', async (request, response) => {
    const { id } = signedIn(request),
      film = idFrom(request.params['id'], 'film');
    try {
      const review = await write(parts, id, film, read(ReviewForm, request.body), request.clock);
      response.redirect(303, `/review/${review}`);
    } catch (error) {
      // What was typed comes back with what is wrong about it.
      const { status, ...wrong } = refused(request, error),
        { text, spoiler, version } = (request.body ?? {}) as Record<string, unknown>;
      await form(request, response, status, { values: { text, spoiler, version }, ...wrong });
    }
  });

  router.get('/review/:id', (request, response) => thread(parts, request, response, { status: 200, to: String(request.query['answer'] ?? '') }));
  router.get('/review/:id/edits', async (request, response) => {
    const review = await reviewOf(parts, request);
    await pages.send(request, response, 'reviews/edits', { review, edits: await edits(parts.sql, review.id) });
  });
  router.post('/review/:id/delete', async (request, response) => {
    const { film } = await remove(parts, signedIn(request).id, idFrom(request.params['id'], 'review'), request.clock);
    response.redirect(303, `/film/${film}`);
  });
  router.post('/review/:id/like', async (request, response) => {
    const { id } = signedIn(request),
      review = await reviewOf(parts, request);
    await like(parts, id, review.id, review.film.title, request.clock);
    answer(request, response, review.id, true);
  });
  router.post('/review/:id/like/delete', async (request, response) => {
    const review = idFrom(request.params['id'], 'review');
    await unlike(parts, signedIn(request).id, review);
    answer(request, response, review, false);
  });
  router.post('/review/:id/comments', async (request, response) => {
    const account = signedIn(request),
      review = await reviewOf(parts, request);
    try {
      const stored = await one(parts, account.id, review.id);
      const id = await comment(parts, account.id, stored, read(CommentForm, request.body), review.film.title, request.clock);
      response.redirect(303, `/review/${review.id}#comment-${id}`);
    } catch (error) {
      const { status, errors, message } = refused(request, error),
        { text, parent } = (request.body ?? {}) as Record<string, unknown>;
      const refusal = { text, error: errors['text'], message: message ?? errors['parent'] ?? errors['form'] };
      await thread(parts, request, response, { status, to: String(parent ?? ''), refusal });
    }
  });
  router.post('/comment/:id/delete', async (request, response) => {
    const review = await removeComment(parts, signedIn(request).id, idFrom(request.params['id'], 'comment'), request.clock);
    response.redirect(303, `/review/${review}#comments`);
  });
  return router;
}

/** The review of the address as a page shows it, whole; 404 for what the reader may not see. */
export async function reviewOf(parts: Parts, request: Request): Promise<ShownReview> {
  const reader = readerOf(request);
  const stored = await one(parts, reader, idFrom(request.params['id'], 'review'));
  const [review] = await shownReviews(parts, [stored], reader, request.clock, Infinity);
  if (!review) throw notFound('review');
  return review;
}

interface Answering {
  readonly status: number;
  /** id of the comment that is answered; empty where the review is */
  readonly to: string;
  /** a comment that was not taken, and why */
  readonly refusal?: { readonly text: unknown; readonly error: string | undefined; readonly message: string | undefined };
}
async function thread(parts: Parts, request: Request, response: Response, { status, to, refusal }: Answering): Promise<void> {
  const reader = readerOf(request),
    review = await reviewOf(parts, request);
  const comments = await shownComments(parts, await threadOf(parts, reader, review.id), reader, request.clock, deepest);
  const mayAnswer = reader !== null && (review.own || (await parts.privacy.canSee(reader, review.author, 'contact')));
  const answered = (comments as readonly { id: number }[]).find(({ id }) => mayAnswer && String(id) === to);
  const data = {
    review,
    comments: comments.map((one) => (one === answered ? { ...one, answering: true, refusal } : one)),
    mayAnswer,
    form: randomUUID(),
    message: refusal?.message,
    refusal: answered ? undefined : refusal,
  };
  await parts.pages.send(request, response, 'reviews/review', data, { status });
}

function answer(request: Request, response: Response, review: number, liked: boolean): void {
  if (request.accepts(['html', 'json']) === 'json') return void response.json({ review, liked });
  response.redirect(303, safeNext((request.body as Body)?.['next'], `/review/${review}`));
}

import type { Request } from 'express';

/** Makes the session the account's, under a new id: one that somebody planted before is worth nothing. */
export async function enter(request: Request, account: number): Promise<void> {
  await settled((done) => request.session.regenerate(done));
  request.session.account = account;
  await settled((done) => request.session.save(done));
}

/** Ends the session in the database, so that a copy of its cookie is worth nothing. */
export const leave = (request: Request): Promise<void> => settled((done) => request.session.destroy(done));

const settled = (work: (done: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => work((error) => (error ? reject(error as Error) : resolve())));

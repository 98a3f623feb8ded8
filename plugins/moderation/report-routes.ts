import { Router, type Request, type Response } from 'express';
import type { Sql } from '../../core/database/sql.ts';
import { refused } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import { signedIn } from '../../core/http/request.ts';
import type { Reported } from './api.ts';
import { readReport, reasonKeys, reasons, report } from './reports.ts';

interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly count: (tx: Sql, account: number, at: Date) => Promise<void>;
}

/** The form that reports something, and the page that thanks for it. */
export function reportRoutes({ sql, pages, count }: Parts, path: string, subjectOf: (request: Request) => Promise<Reported>): Router {
  const show = async (request: Request, response: Response, status: number, data: object): Promise<void> => {
    const about = await subjectOf(request);
    const chosen = (request.body as { reason?: unknown } | undefined)?.reason;
    const choices = reasons.map((id) => ({ id, key: reasonKeys[id], chosen: id === chosen }));
    await pages.send(request, response, 'moderation/report', { about, [about.kind]: true, choices, ...data }, { status });
  };
  return Router()
    .get(path, async (request, response) => {
      signedIn(request);
      await show(request, response, 200, { sent: request.query['sent'] !== undefined });
    })
    .post(path, async (request, response) => {
      const { id } = signedIn(request),
        about = await subjectOf(request);
      try {
        const words = readReport(request.body);
        await sql.transaction(async (tx) => {
          await count(tx, id, request.clock);
          await report(tx, id, about, words, request.clock);
        });
      } catch (error) {
        const { status, ...wrong } = refused(request, error);
        return show(request, response, status, { ...wrong, note: (request.body as { note?: unknown } | undefined)?.note });
      }
      response.redirect(303, `${request.path}?sent`);
    });
}

import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Sql } from '../../core/database/sql.ts';
import { AppError, invalid } from '../../core/errors.ts';
import { idFrom, read } from '../../core/http/form.ts';
import type { Pages } from '../../core/http/page.ts';
import { signedIn } from '../../core/http/request.ts';
import type { Jobs } from '../../core/jobs.ts';
import type { PersonalData } from '../../core/personal-data.ts';
import type { Brought } from '../../recommend/brought.ts';
import { readUpload } from '../accounts/api.ts';
import type { FilmsService } from '../catalogue/api.ts';
import { importName } from './job.ts';
import { matchAll } from './match.ts';
import { previewOf } from './preview.ts';
import { linesOf } from './reading.ts';
import { choose, fileOf, filesOf, saveFile } from './store.ts';
import { limits } from './table.ts';

export interface Parts {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly jobs: Jobs;
  readonly films: FilmsService;
  readonly personal: ReadonlyMap<string, PersonalData>;
}
const kinds = ['ratings', 'watched', 'diary', 'watchlist', 'reviews'] as const satisfies readonly Brought[];
const several = <T extends z.ZodType>(item: T) => z.preprocess((typed) => [typed ?? []].flat(), z.array(item));
const Choice = z.object({
  kind: several(z.enum(kinds)).refine((chosen) => chosen.length > 0, 'Choose at least one thing to take.'),
  line: several(
    z
      .string()
      .regex(/^[1-9]\d{0,8}$/)
      .transform(Number),
  ),
  replace: z.literal('on').optional(),
});
const texts = several(z.string()).catch([]);
/** What was ticked, in a form that comes back. */
const Ticks = z.object({ kind: texts, line: texts, replace: z.unknown().optional() });
export type Ticks = z.output<typeof Ticks>;

/** /account/import: a file from another site is read, looked at, and taken. */
export function importRoutes(parts: Parts): Router {
  const { sql, pages, jobs } = parts;
  const showAll = async (request: Request, response: Response, status = 200, data: object = {}): Promise<void> => {
    const { id } = signedIn(request);
    await pages.send(
      request,
      response,
      'transfer/import',
      { files: await filesOf(sql, id), limits, ...data },
      { status, slots: { 'account.tabs': [id] } },
    );
  };
  const showOne = async (request: Request, response: Response, problem?: string): Promise<void> => {
    const file = await fileOf(sql, signedIn(request).id, idFrom(request.params['file'], 'import')),
      preview = await previewOf(parts, file, problem === undefined ? undefined : Ticks.parse(request.body ?? {}));
    await pages.send(request, response, 'transfer/file', { file, ...preview, problem }, { status: problem === undefined ? 200 : 422 });
  };
  return Router()
    .get('/account/import', (request, response) => showAll(request, response))
    .post('/account/import', async (request, response) => {
      signedIn(request);
      try {
        response.redirect(303, `/account/import/${await take(parts, request)}`);
      } catch (error) {
        if (!(error instanceof AppError) || error.status >= 500) throw error;
        if (error.status === 413) response.set('connection', 'close');
        await showAll(request, response, error.status, { problem: error.fields['file'] ?? error.message });
      }
    })
    .get('/account/import/:file', (request, response) => showOne(request, response))
    .post('/account/import/:file', async (request, response) => {
      const file = await fileOf(sql, signedIn(request).id, idFrom(request.params['file'], 'import'));
      const typed = Choice.safeParse(request.body);
      if (!typed.success) return showOne(request, response, typed.error.issues[0]!.message);
      const { kind, line, replace } = typed.data;
      await sql.transaction(async (tx) => {
        if (await choose(tx, file.id, kind, replace === 'on', line)) await jobs.enqueue(tx, importName, { file: file.id }, { key: String(file.id) });
      });
      response.redirect(303, `/account/import/${file.id}`);
    })
    .post('/account/import/:file/delete', async (request, response) => {
      const file = await fileOf(sql, signedIn(request).id, idFrom(request.params['file'], 'import'));
      await sql.rows(`delete from import_file where id = $1 and state <> 'waiting'`, [file.id]);
      response.redirect(303, '/account/import');
    });
}

const Sort = z.object({ what: z.enum(['auto', 'seen', 'watchlist'], 'Choose what the file holds.').default('auto') });

/** Reads the uploaded file and compares it with the catalogue. @returns the id of what was kept */
async function take({ sql }: Parts, request: Request): Promise<number> {
  const { file, fields } = await readUpload(request, limits.bytes);
  if (!file) throw invalid({ file: 'Choose a file first.' });
  const { source, lines } = await linesOf(file, read(Sort, fields).what, request.clock);
  const matches = await matchAll(sql, lines);
  return saveFile(sql, { account: signedIn(request).id, name: nameOf(file.name), source, at: request.clock, lines, matches });
}

const nameOf = (typed: string): string =>
  typed
    .replaceAll(/[^\p{L}\p{N} ._()-]/gu, '')
    .trim()
    .slice(0, 200) || 'import.csv';

import { Router } from 'express';
import { z } from 'zod';
import { invalid } from '../../errors.ts';
import { idFrom, read } from '../../http/form.ts';
import { requireRole } from '../../http/request.ts';
import { BlendSpec } from '../../../recommend/blend-spec.ts';
import type { ConsoleDeps } from '../ports.ts';
import { namesOf } from './names.ts';

interface VersionRow {
  readonly id: number;
  readonly blend: number;
  readonly version: number;
  readonly spec: BlendSpec;
  readonly note: string;
  readonly created_by: number | null;
  readonly created_at: Date;
}
/** the spec itself is checked by the service, which names the field */
const spec = z.unknown();
const created = z.strictObject({ name: z.string('must be text'), spec });
const saved = z.strictObject({
  base: z.int('must be the version that you looked at'),
  spec,
  note: z.string().max(500, 'must have at most 500 characters').default(''),
});

export function blendRoutes(deps: ConsoleDeps): Router {
  const { blends } = deps;
  return Router()
    .get('/blends', async (_request, response) => {
      response.json({ blends: await blendsOf(deps) });
    })
    .post('/blends', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { name, spec: draft } = read(created, request.body);
      response.status(201).json(await blends.create(name, ofInstalled(deps, draft), operator));
    })
    .post('/blends/:id/versions', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { base, spec: draft, note } = read(saved, request.body);
      response.status(201).json(await blends.save(idFrom(request.params.id, 'blend'), base, ofInstalled(deps, draft), note, operator));
    })
    .post('/blends/:id/default', async (request, response) => {
      const operator = requireRole(request, 'manager').id;
      await blends.makeDefault(idFrom(request.params.id, 'blend'), operator);
      response.json({});
    });
}

/** The draft as it came. @throws AppError where it weighs an algorithm that is not installed: nobody would notice the slip of the pen. */
function ofInstalled({ plugins }: ConsoleDeps, draft: unknown): unknown {
  const known = new Set(plugins.flatMap(({ algorithms = [] }) => algorithms.map(({ id }) => id)));
  const { weights, newcomers } = (draft ?? {}) as { weights?: object; newcomers?: { weights?: object } | null };
  const unknown = Object.entries({ weights, 'newcomers.weights': newcomers?.weights }).flatMap(([field, given]) =>
    Object.keys(given ?? {})
      .filter((id) => !known.has(id))
      .map((id) => [`${field}.${id}`, 'is no algorithm that is installed'] as const),
  );
  if (unknown.length > 0) throw invalid(Object.fromEntries(unknown));
  return draft;
}

/** Every blend with its versions, newest first; the default blend comes first. */
async function blendsOf(deps: ConsoleDeps): Promise<object[]> {
  const rows = await deps.sql.rows<VersionRow>('select id, blend, version, spec, note, created_by, created_at from blend_version order by id desc');
  const names = await namesOf(
    deps,
    rows.map((row) => row.created_by),
  );
  const current = deps.blends.current()?.blend;
  return deps.blends.latest().map(({ blend, name }) => ({
    id: blend,
    name,
    isDefault: blend === current,
    versions: rows
      .filter((row) => row.blend === blend)
      .map(({ created_by, ...row }) => ({
        ...row,
        spec: BlendSpec.parse(row.spec),
        by: created_by === null ? null : (names.get(created_by) ?? `account ${created_by}`),
      })),
  }));
}

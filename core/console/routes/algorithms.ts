import { isDeepStrictEqual } from 'node:util';
import { Router } from 'express';
import type { AnyPlugin } from '../../plugin.ts';
import { audit } from '../../audit.ts';
import { conflict, notFound } from '../../errors.ts';
import { idFrom, read } from '../../http/form.ts';
import { requireRole } from '../../http/request.ts';
import { changePolicy, policyOf } from '../../../recommend/models/policy.ts';
import type { ModelVersion } from '../../../recommend/models/registry.ts';
import type { AnyAlgorithm } from '../../../recommend/algorithm.ts';
import type { ConsoleDeps, JobRunView } from '../ports.ts';
import { compareVersions, comparison } from './compare.ts';

export function algorithmRoutes(deps: ConsoleDeps): Router {
  return Router()
    .get('/algorithms', async (_request, response) => {
      const [algorithms, policy] = await Promise.all([algorithmsOf(deps), policyOf(deps.sql)]);
      response.json({ algorithms, policy });
    })
    .post('/algorithms/:id/train', async (request, response) => {
      const operator = requireRole(request, 'manager').id,
        { id } = request.params;
      const found = installed(deps).find(({ algorithm }) => algorithm.id === id);
      if (!found) throw notFound('algorithm');
      if (deps.host.status(found.plugin.id) !== 'on') throw conflict(`Switch ${found.plugin.title} on before training it.`);
      const run = await deps.sql.transaction(async (tx) => {
        await audit(tx, { operator, action: 'model.train', subject: `algorithm ${id}` });
        return deps.desk.train(tx, id);
      });
      response.status(202).json({ run });
    })
    .post('/models/:id/activate', async (request, response) => {
      const operator = requireRole(request, 'manager').id;
      await deps.models.activate(idFrom(request.params.id, 'model version'), operator);
      response.json({});
    })
    .post('/models/policy', async (request, response) => {
      const operator = requireRole(request, 'manager').id;
      await changePolicy(deps.sql, request.body, operator);
      response.json({});
    })
    .get('/models/compare', async (request, response) => {
      response.json(await compareVersions(deps, read(comparison, request.query), request.clock));
    });
}

const installed = ({ plugins }: ConsoleDeps): { plugin: AnyPlugin; algorithm: AnyAlgorithm }[] =>
  plugins.flatMap((plugin) => (plugin.algorithms ?? []).map((algorithm) => ({ plugin, algorithm })));

async function algorithmsOf(deps: ConsoleDeps): Promise<object[]> {
  const [versions, runs] = await Promise.all([deps.models.versions(), deps.desk.runs({ name: deps.desk.training, limit: 100 })]);
  return Promise.all(
    installed(deps).map(async ({ plugin, algorithm }) => {
      const own = versions.filter((version) => version.algorithm === algorithm.id),
        active = own.find((version) => version.active);
      const state = await deps.settings.state(plugin.id);
      return {
        id: algorithm.id,
        title: algorithm.title,
        description: algorithm.description,
        plugin: {
          id: plugin.id,
          title: plugin.title,
          status: deps.host.status(plugin.id),
          enabled: state.enabled,
          version: state.version,
          failure: deps.host.failure(plugin.id) ?? null,
        },
        versions: own,
        loaded: deps.models.loaded.get(algorithm.id)?.version ?? null,
        serving: servingOf(deps, algorithm.id),
        outdated: active !== undefined && !sameSettings(plugin, state.settings, active),
        run: latestOf(runs, algorithm.id),
      };
    }),
  );
}

/** What this process answers with: may be an update, or the last good version in the place of a broken one. */
function servingOf({ models }: ConsoleDeps, algorithm: string): object | null {
  const model = models.loaded.get(algorithm);
  return model ? { id: model.id, version: model.version, revision: model.revision } : null;
}

/** The wish may hold defaults by leaving them out; the model holds them all. */
function sameSettings(plugin: AnyPlugin, wanted: object, { settings }: ModelVersion): boolean {
  const parsed: { success: boolean; data?: object } | undefined = plugin.config?.safeParse(wanted);
  return isDeepStrictEqual(JSON.parse(JSON.stringify(parsed?.data ?? {})), settings);
}

const latestOf = (runs: readonly JobRunView[], algorithm: string): JobRunView | null =>
  runs.find(({ payload }) => (payload as { algorithm?: string }).algorithm === algorithm) ?? null;

import type { Sql } from '../../../core/database/sql.ts';
import type { Blends } from '../../../recommend/blends.ts';
import type { ModelRegistry } from '../../../recommend/models/registry.ts';
import type { Measures } from '../../../recommend/measures.ts';
import { conflictsOf } from '../conflicts.ts';
import { eventsOf } from '../events.ts';
import { creditOf, decidedBy } from '../interleaving/acts.ts';
import type { Experiment } from '../model.ts';
import type { Measurement } from '../results/measurement.ts';
import { allSimulated, type Results } from '../results/results.ts';
import { unitsKnown } from '../results/unit-rows.ts';
import { servesOf } from './serves.ts';
import type { BlendChoice, ExperimentLine, MetricChoice } from './answer.ts';

interface Parts {
  readonly sql: Sql;
  readonly blends: Blends;
  readonly models: Pick<ModelRegistry, 'versions'>;
  readonly measures: Measures;
  readonly measurement: Measurement;
}

/** What forms and tables say of metrics. */
export const metricChoices = ({ metrics }: Pick<Measures, 'metrics'>): MetricChoice[] =>
  metrics.map(({ id, title, noun, kind, better, scale, unit }) => {
    const interleaved = decidedBy(id) ? 'decide' : creditOf(id) ? 'guard' : null;
    return { id, title, noun, kind, better, scale, unit, interleaved };
  });

/** The blends that an arm can serve, the default one first. */
export const choicesOf = (blends: Blends): BlendChoice[] =>
  blends.latest().map(({ blend, name, version }) => ({ id: blend, name, version, isDefault: blend === blends.current()?.blend }));

/** @param results undefined for a draft */
export function lineOf(experiment: Experiment, measures: Pick<Measures, 'metric'>, results: Results | undefined): ExperimentLine {
  const { id, name, kind, status, phase, metric, coverage, startsAt, endsAt, arms, decision, decidedArm } = experiment;
  return {
    id,
    name,
    kind,
    status,
    phase,
    metric: measures.metric(metric)?.title ?? metric,
    coverage,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    arms: arms.map((arm) => arm.name),
    decision,
    decidedArm: arms.find(({ key }) => key === decidedArm)?.name ?? null,
    days: results?.days ?? null,
    viewers: results?.viewers ?? null,
    verdict: results?.verdict ?? null,
    simulated: results !== undefined && results.viewers > 0 && allSimulated(results),
  };
}

/** All that the page of one experiment shows. */
export async function answerOf({ sql, blends, models, measures, measurement }: Parts, experiment: Experiment, now: Date): Promise<object> {
  const begun = experiment.startedAt !== null;
  const [results, history, events, phases, deliveries, conflicts, versions, layer, singles] = await Promise.all([
    begun ? measurement.results(experiment, now) : null,
    historyOf(sql, experiment.id),
    eventsOf(sql, experiment.id),
    sql.rows(phasesOf, [experiment.id]),
    sql.rows(deliveriesOf, [experiment.id]),
    experiment.status === 'draft' ? conflictsOf(sql, experiment) : [],
    experiment.arms.some(({ overrides }) => overrides.models) ? models.versions() : [],
    sql.one<{ name: string }>('select name from experiment_layer where id = $1', [experiment.layer]),
    unitsKnown(sql, experiment.id),
  ]);
  const arms = experiment.arms.map((arm) => ({ ...arm, serves: servesOf(blends, versions, arm) }));
  const known = { blends: choicesOf(blends), metrics: metricChoices(measures), segments: measures.segments.map(({ id, title }) => ({ id, title })) };
  return {
    experiment: { ...experiment, arms },
    results,
    history,
    events,
    phases,
    deliveries,
    conflicts,
    layerName: layer?.name ?? null,
    singles,
    ...known,
  };
}

/** Who did what to it, the latest first, with each field that is another one since. */
const historyOf = (sql: Sql, experiment: number) =>
  sql.rows(
    `select l.at, a.name as by, l.action, coalesce((
      select json_agg(json_build_object('field', f.key, 'before', l.before -> f.key, 'after', f.value) order by f.key)
      from jsonb_each(case when l.before is not null then l.after end) f where l.before -> f.key is distinct from f.value), '[]') as changes
  from audit_log l left join account a on a.id = l.operator where l.subject = $1 order by l.id desc limit 200`,
    [`experiment ${experiment}`],
  );

const phasesOf = `select phase, started_at as "startedAt", ended_at as "endedAt", reason, design,
    (select json_agg(json_build_object('key', a.key, 'name', a.name, 'share', a.share) order by a.position)
      from experiment_arm a where a.experiment = p.experiment and a.phase = p.phase) as arms
  from experiment_phase p where experiment = $1 order by phase desc`;

const deliveriesOf = `select d.event, d.at, d.attempt, d.url, d.status, d.error
  from experiment_delivery d join experiment_event v on v.id = d.event where v.experiment = $1 order by d.id desc limit 50`;

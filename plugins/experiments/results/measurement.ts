import type { Sql } from '../../../core/database/sql.ts';
import { notFound } from '../../../core/errors.ts';
import type { Measures, MetricDefinition } from '../../../recommend/measures.ts';
import { withGuardrails } from '../bandit/guardrails.ts';
import { banditOf, type Bandit } from '../bandit/result.ts';
import { interleavingOf, withoutSplit, type Interleaving } from '../interleaving/result.ts';
import type { Experiment } from '../model.ts';
import { breakdownOf, type Breakdown } from './breakdown.ts';
import { courseOf, type Course } from './course.ts';
import type { Known } from './effects.ts';
import { always, judgeOf, type Judge } from './engine.ts';
import { novelty } from './health/novelty.ts';
import { listFigures, type ListFigures } from './list-figures.ts';
import { liveOf, type Live } from './live.ts';
import type { Always } from './metrics.ts';
import { quantilesOf } from './quantiles.ts';
import { entriesOf, stepsOf, totalsOf } from './read.ts';
import { allSimulated, resultsFrom, type Results } from './results.ts';
import { RollUp } from './roll-up/index.ts';
import { sitePlan, type SitePlan } from './site-plan.ts';
import { stepOf } from './steps.ts';
import { total } from './units.ts';
import { ofSimulated } from './verdict.ts';

/** Units that a page counts before it answers; more are left to the job, and the answer says so. */
const AT_ONCE = 5_000;
/** Milliseconds that a page waits for its turn while a job counts many. */
const PATIENCE = 3_000;

/** What is known of an experiment at a moment. */
export interface Facts extends Known {
  readonly experiment: Experiment;
  readonly judge: Judge;
  /** all that was counted, by an interval that holds at every look */
  readonly always: Always;
  readonly now: Date;
}

/** Measures experiments: counts what happened, and says what it means. */
export class Measurement {
  readonly #sql: Sql;
  readonly #measures: Pick<Measures, 'metrics' | 'segments' | 'metric'>;
  readonly rollUp: RollUp;

  constructor(sql: Sql, measures: Pick<Measures, 'metrics' | 'segments' | 'metric'>) {
    this.#sql = sql;
    this.#measures = measures;
    this.rollUp = new RollUp(sql, measures);
  }

  /** Counts what is new, as far as that goes quickly. @returns units that are still to be counted */
  async refresh(): Promise<number> {
    return (await this.rollUp.refresh({ most: AT_ONCE, patience: PATIENCE })).waiting;
  }

  /** The results of an experiment that was launched, as of now or of its end. */
  async results(experiment: Experiment, now: Date): Promise<Results> {
    const waiting = await this.refresh();
    return this.counted(experiment, now, waiting);
  }

  /** The same, of what was counted before. */
  async counted(experiment: Experiment, now: Date, waiting = 0): Promise<Results> {
    const results = await this.#counted(experiment, now, waiting);
    return results.viewers > 0 && allSimulated(results) ? { ...results, verdict: ofSimulated(results.verdict) } : results;
  }

  async #counted(experiment: Experiment, now: Date, waiting: number): Promise<Results> {
    const facts = await this.facts(experiment, now);
    const primary = this.#measures.metric(experiment.metric);
    const [steps, wearing] = await Promise.all([
      primary ? stepsOf(this.#sql, experiment, primary.id) : [],
      primary ? novelty(this.#sql, experiment, primary) : undefined,
    ]);
    const results = resultsFrom({
      facts,
      metrics: this.#measures.metrics,
      course: primary && courseOf(primary, steps, facts),
      novelty: wearing,
      waiting,
    });
    if (experiment.kind === 'interleaving') {
      const counted = facts.entries.filter(({ standing }) => standing === 'counted');
      return withoutSplit(results, total(counted), total(counted, 'simulated'), await interleavingOf(this.#sql, this.#measures, experiment, results));
    }
    if (experiment.kind !== 'bandit' || !primary) return results;
    const guarded = { ...results, metrics: await withGuardrails(this.#sql, experiment, results.metrics, (id) => this.#measures.metric(id)) };
    return { ...guarded, verdict: (await banditOf(this.#sql, experiment, primary, guarded)).verdict };
  }

  /** What a bandit learned, and how it shared out viewers. */
  async bandit(experiment: Experiment, now: Date): Promise<Bandit> {
    return banditOf(this.#sql, experiment, this.definition(experiment.metric), await this.results(experiment, now));
  }

  /** Which of two arms viewers prefer whose lists hold films of both. */
  async interleaving(experiment: Experiment, now: Date): Promise<Interleaving> {
    return interleavingOf(this.#sql, this.#measures, experiment, await this.results(experiment, now));
  }

  /** How the effect on one metric settled. 404 for a metric that nobody counts. */
  async course(experiment: Experiment, metric: string, now: Date): Promise<Course> {
    const definition = this.definition(metric);
    const [facts, steps] = await Promise.all([this.facts(experiment, now), stepsOf(this.#sql, experiment, metric)]);
    return courseOf(definition, steps, facts);
  }

  /** The effect in each group of viewers. 404 for a metric or a segment that nobody counts. */
  async breakdown(experiment: Experiment, metric: string, segment: string, now: Date): Promise<Breakdown> {
    const groups = this.#measures.segments.find(({ id }) => id === segment);
    if (!groups) throw notFound('segment');
    return breakdownOf(this.#sql, this.definition(metric), groups, await this.facts(experiment, now));
  }

  lists(experiment: Experiment): Promise<ListFigures[]> {
    return listFigures(this.#sql, experiment);
  }

  /** What a test of this metric would need, by the site's last weeks. undefined where nothing is known of it. */
  plan(metric: string, asked: Omit<Parameters<typeof sitePlan>[1], 'metric'>): Promise<SitePlan | undefined> {
    return sitePlan(this.#sql, { ...asked, metric: this.definition(metric) });
  }

  /** How many are in each arm right now. */
  live(experiment: Experiment): Promise<Live> {
    return liveOf(this.#sql, experiment);
  }

  /** 404 for a metric that nobody counts. */
  definition(id: string): MetricDefinition {
    const metric = this.#measures.metric(id);
    if (!metric) throw notFound('metric');
    return metric;
  }

  /** All that results are made from, of what was counted. */
  async facts(experiment: Experiment, now: Date): Promise<Facts> {
    const { metrics } = this.#measures;
    const started = (experiment.phaseStartedAt ?? experiment.startedAt ?? experiment.createdAt).getTime();
    const open = stepOf(now.getTime(), started);
    const entries = await entriesOf(this.#sql, experiment);
    const judge = judgeOf(experiment, entries);
    const until = judge.until === Infinity ? undefined : new Date(Math.max(0, judge.until));
    const [all, quantiles, looked] = await Promise.all([
      totalsOf(this.#sql, experiment, metrics, new Date(open)),
      quantilesOf(this.#sql, experiment, metrics),
      until && totalsOf(this.#sql, experiment, metrics, new Date(open), until),
    ]);
    const moment = { started, until: judge.until, open },
      watched = { engine: always, totals: all, moment: { ...moment, until: Infinity } };
    return { experiment, judge, always: watched, engine: judge.engine, entries, totals: looked ?? all, quantiles, moment, now };
  }
}

import type { Sql } from '../../../core/database/sql.ts';
import { control, type Experiment } from '../model.ts';
import { resultsOf } from '../results/index.ts';
import { percent } from '../results/words.ts';

/** What the results say to whoever steers an experiment. */
export interface Standing {
  /** why its numbers cannot be trusted; undefined where they can */
  readonly broken: string | undefined;
  /** guardrails that are significantly worse than the control by more than their margin */
  readonly worse: readonly { readonly metric: string; readonly arm: string; readonly text: string }[];
  readonly verdict: { readonly kind: string; readonly title: string };
}
export interface Guards {
  of(experiment: Experiment, now: Date): Promise<Standing>;
}

/** From the results as the console shows them. */
export const resultsGuards = (sql: Sql): Guards => ({
  async of(experiment, now) {
    const { arms, health, verdict } = await resultsOf(sql, experiment, now);
    const worse = experiment.guardrails.flatMap(({ metric, margin }) =>
      arms.flatMap(({ key, name, metrics }) => {
        const lift = key === control ? undefined : Object.entries(metrics).find(([id]) => id === metric)?.[1].lift;
        if (!lift || lift.high >= -margin) return [];
        const allowed = margin > 0 ? `, where ${percent(margin)} less was allowed` : '';
        return [{ metric, arm: key, text: `“${name}” is significantly worse in ${metric}: at best ${percent(lift.high)}${allowed}.` }];
      }),
    );
    return { broken: health.split.alarm ? health.split.text : undefined, worse, verdict: { kind: verdict.kind, title: verdict.title } };
  },
});

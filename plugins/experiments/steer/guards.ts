import type { Experiment } from '../model.ts';
import type { Measurement } from '../results/measurement.ts';
import type { Check } from '../results/health/check.ts';
import { breaksGuardrail, type Verdict } from '../results/verdict.ts';
import { percent, signed } from '../results/words.ts';

/** What the results say to whoever steers an experiment. */
export interface Standing {
  /** why its numbers cannot be trusted; undefined where they can */
  readonly broken: string | undefined;
  /** said where nobody has been shown it for long */
  readonly silent: string | undefined;
  /** guardrails that are significantly worse than the control by more than their margin */
  readonly worse: readonly { readonly metric: string; readonly arm: string; readonly text: string }[];
  readonly verdict: Pick<Verdict, 'kind' | 'arm' | 'title'>;
}
export interface Guards {
  of(experiment: Experiment, now: Date): Promise<Standing>;
}

/** From the results as the console shows them. */
export const resultsGuards = (measurement: Measurement): Guards => ({
  async of(experiment, now) {
    const { metrics, health, verdict } = await measurement.results(experiment, now);
    const worse = metrics
      .filter(({ margin }) => margin !== null)
      .flatMap((metric) =>
        experiment.arms
          .filter(({ key }) => breaksGuardrail(metric, key))
          .map(({ key, name }) => {
            const { low, high } = metric.arms.find((arm) => arm.key === key)!.always!.relative!;
            const allowed = metric.margin! > 0 ? `, where ${percent(metric.margin!)} was allowed` : '';
            return {
              metric: metric.id,
              arm: key,
              text: `“${name}” is significantly worse in ${metric.title.toLowerCase()}: at best ${signed(metric.better === 'up' ? high : low)}${allowed}.`,
            };
          }),
      );
    const alarm = (wanted: Check['id']): string | undefined => health.find(({ id, level }) => id === wanted && level === 'alarm')?.text;
    return { broken: alarm('split'), silent: alarm('exposure'), worse, verdict: { kind: verdict.kind, arm: verdict.arm, title: verdict.title } };
  },
});

import { invalid, notFound } from '../../core/errors.ts';
import { read } from '../../core/http/form.ts';
import { readDraft, type Draft } from './input.ts';
import { PhaseInput } from './input/schedule.ts';
import type { Experiment } from './model.ts';

/** Fields that a draft's input has as they are. */
const kept = [
  ...(['name', 'hypothesis', 'kind', 'layer', 'start', 'end', 'targeting', 'includeStaff', 'includeSimulated', 'ramp'] as const),
  ...(['engine', 'alpha', 'settings', 'correction', 'cuped', 'metric', 'secondary', 'guardrails', 'minDays', 'plannedUnits', 'mde'] as const),
];

/** The design of an experiment as a draft's input. */
function inputOf(experiment: Experiment): Record<string, unknown> {
  return {
    ...(Object.fromEntries(kept.map((field) => [field, experiment[field]])) as Pick<Experiment, (typeof kept)[number]>),
    coverage: experiment.ramp.at(-1)?.coverage ?? experiment.coverage,
    arms: experiment.arms.map(({ key, name: title, share, blend, overrides }) => ({ key, name: title, share, blend, overrides })),
  };
}

/** A draft like it, without its dates. 404 where there is none. */
export function copyOf(experiment: Experiment | undefined): Draft {
  if (!experiment || experiment.kind === 'holdout') throw notFound('experiment');
  return readDraft({ ...inputOf(experiment), name: `${experiment.name.slice(0, 110)} (copy)` });
}

/** What every phase of an experiment has in common. */
const lasting = ['name', 'hypothesis', 'kind', 'metric', 'startsAt'];

/** The design of the next phase: the present one with what the input changes. */
export function phaseOf(experiment: Experiment, input: unknown): { readonly reason: string; readonly draft: Draft } {
  const { reason, ...changes } = read(PhaseInput, input);
  const wrong = lasting.filter((field) => field in changes);
  if (wrong.length > 0)
    throw invalid(Object.fromEntries(wrong.map((field) => [field, 'Stays the same in all phases. Copy the experiment to change it.'])));
  const { startsAt, endsAt } = experiment;
  const dates = { startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt?.toISOString() ?? null };
  return { reason, draft: readDraft({ ...inputOf(experiment), ...dates, ...changes }) };
}

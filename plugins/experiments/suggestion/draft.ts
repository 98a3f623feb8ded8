import { conflict } from '../../../core/errors.ts';
import { weightsFor, type BlendVersion } from '../../../recommend/blend-spec.ts';
import { usualRamp } from '../input/schedule.ts';
import { control } from '../model.ts';
import { listed } from '../results/words.ts';
import type { Suggestion } from './latest.ts';

type Weights = BlendVersion['spec']['weights'];
/** Metrics that suggested weights must not harm by more than this share. */
const GUARDED = ['diversity', 'novelty', 'conversion'],
  MARGIN = 0.05;
/** Shares of a score that differ by less are the same: suggestions have two digits. */
const SAME = 0.005;

/**
 * The input of a draft that tests suggested weights against the blend as it is.
 * @param blend its newest version, @param on ids of the algorithms that are switched on
 * @throws AppError 409 where there is nothing to test, or an algorithm of the suggestion is off
 */
export function draftFor({ regulars, newcomers }: Suggestion, blend: BlendVersion, on: ReadonlySet<string>, at: Date): object {
  const { spec, name } = blend,
    mixes = [regulars.weights, newcomers.weights],
    off = [...new Set(mixes.flatMap((weights) => Object.keys(weights).filter((id) => weights[id]! > 0 && !on.has(id))))];
  if (off.length > 0)
    throw conflict(
      `The suggestion uses ${listed(off)}, which is switched off. Switch it on under Plugins and settings, or work the weights out again.`,
    );
  if (same(spec.weights, regulars.weights) && same(weightsFor(spec, newcomers.upTo), newcomers.weights))
    throw conflict(`“${name}” has these weights already: there is nothing to test.`);
  return {
    name: `Suggested weights for “${name}”`,
    hypothesis: hypothesis({ regulars, newcomers }, name, at),
    arms: [
      { key: control, name: 'As now', share: 50, blend: blend.blend },
      {
        key: 'b',
        name: 'Suggested weights',
        share: 50,
        blend: blend.blend,
        overrides: { weights: regulars.weights, newcomers: { upTo: newcomers.upTo, weights: newcomers.weights } },
      },
    ],
    metric: 'ctr',
    guardrails: GUARDED.map((metric) => ({ metric, margin: MARGIN })),
    ramp: usualRamp,
    // It is looked at while it grows.
    engine: 'sequential',
    mde: MARGIN,
  };
}

/** Whether two mixes give each algorithm the same share of the score. */
function same(a: Weights, b: Weights): boolean {
  const share = (weights: Weights, id: string): number => (weights[id] ?? 0) / Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return [...Object.keys(a), ...Object.keys(b)].every((id) => Math.abs(share(a, id) - share(b, id)) < SAME);
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

function hypothesis({ regulars, newcomers }: Pick<Suggestion, 'regulars' | 'newcomers'>, name: string, at: Date): string {
  const found = [
    [regulars, 'regulars'],
    [newcomers, 'newcomers'],
  ] as const;
  const told = found.flatMap(([{ changes }, who]) =>
    changes.filter(({ metric }) => metric === 'ndcg10').map(({ before, after }) => `from ${before.toFixed(3)} to ${after.toFixed(3)} for ${who}`),
  );
  const because =
    told.length > 0
      ? ` On viewers that they were not learned from, NDCG@10 (are the right films at the top?) goes ${told.join(' and ')}, compared with “${name}”.`
      : '';
  return `The weights were learned from the site's own ratings on ${day.format(at)}.${because} If that is what viewers want, they click on more of the films that they are shown, while lists stay as varied and as novel and bring as many successes.`;
}

import { effectOf, stratifiedEffect, type Contrast, type EffectMoments } from '../effect.ts';
import type { Moments } from '../moments.ts';
import type { Stratum } from '../strata.ts';
import { bayes } from './bayes.ts';
import { confidenceSequence } from './confidence-sequence.ts';
import { ALPHA, type CompareOptions, type Comparison, type Engine } from './engine.ts';
import { fieller } from './fieller.ts';
import { fixed } from './fixed.ts';
import { groupSequential } from './group-sequential.ts';
import { msprt } from './msprt.ts';

/**
 * What an engine says of an arm against the control. Moments with a covariate are adjusted by CUPED; ratios go by the delta method.
 * @returns undefined where an arm has under two units or does not vary, and for a relative effect on a control of zero
 */
export function compare(engine: Engine, control: Moments, arm: Moments, options: CompareOptions): Comparison | undefined {
  const moments = effectOf(control, arm, options.relative);
  return moments && judge(engine, moments, options);
}

/** The same with post-stratification. @throws TypeError without any stratum */
export function compareStrata(engine: Engine, strata: readonly Stratum[], options: CompareOptions): Comparison | undefined {
  const moments = stratifiedEffect(strata, options.relative);
  return moments && judge(engine, moments, options);
}

/** @throws RangeError for a one-sided question to an engine that only answers two-sided ones */
export function judge(engine: Engine, moments: EffectMoments, options: CompareOptions): Comparison {
  const { contrast } = moments;
  return isCareful(engine) && contrast && (options.side ?? 'both') === 'both'
    ? carefully(engine, moments, contrast, options)
    : plainly(engine, moments, options);
}

const isCareful = (engine: Engine): boolean => 'careful' in engine && engine.careful === true;

/** As wide, in standard errors, as the engine says of the difference, whose p-value it has, too. */
function carefully(engine: Engine, moments: EffectMoments, contrast: Contrast, options: CompareOptions): Comparison {
  const error = Math.sqrt(contrast.error[0]),
    { effect, interval, pValue } = plainly(engine, { ...moments, effect: contrast.change, standardError: error }, options);
  const { standardError, degreesOfFreedom } = moments;
  return { effect: moments.effect, standardError, degreesOfFreedom, interval: fieller(contrast, (interval[1] - effect) / error), pValue };
}

function plainly(engine: Engine, moments: EffectMoments, { alpha = ALPHA, side = 'both', inverse = false }: CompareOptions): Comparison {
  if (side !== 'both' && (engine.kind === 'bayes' || engine.kind === 'msprt'))
    throw new RangeError(`the engine ${engine.kind} has no one-sided interval`);
  switch (engine.kind) {
    case 'fixed':
      return fixed(moments, alpha, side);
    case 'confidence-sequence':
      return confidenceSequence(moments, alpha, side, engine.tuning);
    case 'msprt':
      return msprt(moments, alpha);
    case 'group-sequential':
      return groupSequential(moments, alpha, side, engine);
    case 'bayes':
      return bayes(moments, alpha, inverse, engine.prior);
  }
}

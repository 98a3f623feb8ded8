import { bandits } from './bandits.ts';
import type { Simulation } from './finding.ts';
import { guardrails } from './guardrails.ts';
import { interleaved } from './interleaved.ts';
import { offPolicy } from './offline.ts';
import { covering, finding, peeking } from './peeking.ts';
import { rehearsals } from './rehearsed.ts';
import { weightSearch } from './weights.ts';
import { clickThrough, cuped, split, stratification } from './variance.ts';

/** Everything that is claimed of the statistics and can be shown by simulation. */
export const simulations: readonly Simulation[] = [
  peeking,
  finding,
  covering,
  clickThrough,
  cuped,
  stratification,
  split,
  offPolicy,
  interleaved,
  bandits,
  rehearsals,
  weightSearch,
  guardrails,
];

import type { Arm } from '../model.ts';
import { sampleRatio } from '../statistics/srm.ts';
import { count, listed, percent, viewers } from './words.ts';

export interface Health {
  /** the arms' sizes fit their shares; otherwise nothing else should be believed */
  readonly split: { readonly alarm: boolean; readonly pValue: number; readonly text: string };
  /** viewers who were in more than one arm, left out of every number: mostly people who signed in on a second device */
  readonly crossed: { readonly alarm: boolean; readonly viewers: number; readonly text: string };
  readonly simulated: { readonly share: number; readonly text: string };
}
export interface ArmSize extends Pick<Arm, 'name' | 'share'> {
  readonly viewers: number;
  readonly simulated: number;
}

/** From this share, and so many viewers, on. */
const CROSSED = { share: 0.01, viewers: 10 };

export function healthOf(arms: readonly ArmSize[], crossed: number): Health {
  const all = arms.reduce((sum, arm) => sum + arm.viewers, 0);
  return {
    split: splitOf(arms),
    crossed: crossedOf(crossed, all),
    simulated: simulatedOf(
      arms.reduce((sum, arm) => sum + arm.simulated, 0),
      all,
    ),
  };
}

function splitOf(arms: readonly ArmSize[]): Health['split'] {
  const { alarm, pValue } = sampleRatio(arms.map(({ viewers: units, share }) => ({ units, share })));
  const sizes = listed(arms.map((arm) => `${count(arm.viewers)} in “${arm.name}”`)),
    wanted = arms.map(({ share }) => `${share} %`).join(' to ');
  if (!alarm) return { alarm, pValue, text: `Viewers are split as wanted (${wanted}): ${sizes}.` };
  return {
    alarm,
    pValue,
    text:
      `The split is wrong: ${sizes}, where ${wanted} was wanted. Chance does this less than once in a thousand experiments, so ` +
      'something loses viewers of one arm or counts them twice. Look for errors, slow pages or redirects in one arm, mend it, and start a new experiment.',
  };
}

function crossedOf(crossed: number, all: number): Health['crossed'] {
  const share = all + crossed > 0 ? crossed / (all + crossed) : 0;
  const alarm = crossed >= CROSSED.viewers && share >= CROSSED.share;
  if (crossed === 0) return { alarm, viewers: crossed, text: 'No viewer was in more than one arm.' };
  return {
    alarm,
    viewers: crossed,
    text:
      `${viewers(crossed)} (${percent(share)}) saw more than one arm, by signing in on another device, and ${crossed === 1 ? 'is' : 'are'} left out.` +
      (alarm ? ' That is many: ask whether the arms are mixed up somewhere.' : ''),
  };
}

function simulatedOf(simulated: number, all: number): Health['simulated'] {
  const share = all > 0 ? simulated / all : 0;
  if (simulated === 0) return { share, text: 'No simulated viewers are counted.' };
  const who = simulated === all ? `All ${viewers(all)} are simulated` : `${count(simulated)} of ${viewers(all)} (${percent(share)}) are simulated`;
  return { share, text: `${who}: they show how the experiment works, not what people want.` };
}

import type { Experiment } from '../model.ts';
import type { Judge } from './engine.ts';
import { count } from './words.ts';

const untilThen = 'Before all planned viewers are in, the sentence on top decides only what an interval that holds at every look decides, too.';

/**
 * Whether the numbers may be looked at, and decided on, at any time. The shares are those of simulated A/A tests with
 * twenty looks (docs/statistics.md).
 */
export function peekingOf(
  { engine, settings }: Pick<Experiment, 'engine' | 'settings'>,
  { looks, engine: used }: Judge,
): { readonly safe: boolean; readonly text: string } {
  if (engine === 'fixed')
    return {
      safe: false,
      text: `Decide on a day that you fix beforehand: the interval holds for one look. Whoever looks every day and stops at the first good one finds a “winner” in about one of four tests in which nothing differs. ${untilThen}`,
    };
  if (engine === 'bayes')
    return {
      safe: false,
      text: `Decide on a day that you fix beforehand: the chance to win is not safe to watch. ${settings.prior ? 'A prior holds it back, but does not make it safe' : 'In two of five tests in which nothing differs it leaves 5 to 95 % at some of twenty looks'}. ${untilThen}`,
    };
  if (looks)
    return {
      safe: true,
      text: `This test is looked at ${looks.of} times: ${looks.done} ${looks.done === 1 ? 'is' : 'are'} over${looks.nextAt === null ? '' : `, the next one is due at ${count(looks.nextAt)} viewers`}. Between looks the numbers stay those of the last one.`,
    };
  const always = 'You may look as often as you like, and stop whenever the interval leaves zero: it holds at every look.';
  return {
    safe: true,
    text:
      engine === 'group-sequential' && used.kind !== 'group-sequential' ? `${always} (Scheduled looks need a number of planned viewers.)` : always,
  };
}

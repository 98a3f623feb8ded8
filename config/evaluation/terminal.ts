import type { Steps as AnySteps } from '../../jobs/evaluation/plan.ts';
import { Steps } from '../steps.ts';

/** Where a command tells people what it does, and where its result goes. */
export interface Terminal {
  readonly steps: AnySteps;
  readonly say: (line: string) => void;
  readonly print: (text: string) => void;
}

/** Progress goes to standard error, so that the result can go into a file. */
export const terminal = (): Terminal => ({
  steps: new Steps(process.stderr),
  say: (line) => void process.stderr.write(`${line}\n`),
  print: (text) => void process.stdout.write(text),
});

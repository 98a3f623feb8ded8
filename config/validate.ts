import { parseArgs } from 'node:util';
import { Steps } from './steps.ts';
import { holds, type Finding } from './validation/finding.ts';
import { simulations } from './validation/index.ts';
import { badRequest } from '../core/errors.ts';
import { seeded } from '../math/random.ts';

const usage = `Usage: npm run validate -- [--seed 1]
Simulates experiments of which the truth is known, and says whether the statistics come to it. Takes some minutes.
  --seed  another whole number, other simulations`;

/** `npm run validate`: a table of all figures with their bands; fails when one lies outside. Progress goes to standard error. */
async function main(): Promise<void> {
  const seed = seedOf(),
    steps = new Steps(process.stderr);
  const tables: string[] = [];
  let wrong = 0;
  for (const [i, { title, runs, run }] of simulations.entries()) {
    const found = await steps.run(
      `${i + 1} of ${simulations.length}: ${title}`,
      async (progress) => {
        progress(0, `${runs.many.toLocaleString('en')} runs`);
        return run(runs.many, seeded(seed * 1_000 + i));
      },
      (all) => `${all.filter(holds).length} of ${all.length} figures within their bands`,
    );
    wrong += found.filter((each) => !holds(each)).length;
    tables.push(
      `### ${title}\n${runs.many.toLocaleString('en')} runs\n\n| figure | found | ± | band |\n|---|---|---|---|\n${found.map(row).join('\n')}\n`,
    );
  }
  process.stdout.write(`${tables.join('\n')}\n`);
  if (wrong > 0) process.exitCode = 1;
}

const row = (each: Finding): string =>
  `| ${each.what} | ${digits(each.value)} | ${digits(each.error)} | ${band(each)}${holds(each) ? '' : ' **outside**'} |`;
const digits = (value: number): string => (Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(4));
function band({ low, high }: Finding): string {
  if (low === 0 && high === 1) return 'for comparison';
  return high === Infinity ? `≥ ${low}` : `${low.toFixed(3)} … ${high.toFixed(3)}`;
}

function seedOf(): number {
  try {
    const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
    if (!/^\d{1,6}$/.test(values.seed)) throw new Error('no whole number');
    return Number(values.seed);
  } catch {
    throw badRequest(usage);
  }
}

await main();

import { badRequest } from '../../core/errors.ts';
import { BlendSpec } from '../../recommend/blend-spec.ts';
import { alone, together, type Entrant } from '../../jobs/evaluation/contestants.ts';
import { inWords } from '../../jobs/evaluation/evaluate.ts';
import type { Measured } from '../../jobs/evaluation/plan.ts';
import { pointsOf, type Point, type Space } from '../../jobs/evaluation/search.ts';
import { markdownTable, textTable } from '../../jobs/evaluation/table.ts';
import { byMerit, validation } from '../../jobs/evaluation/validation.ts';
import { seeded } from '../../math/random.ts';
import { commonOf, commonOptions, commonUsage, parse, whole, type Common } from './arguments.ts';
import { readAll, sayWhoIsSilent } from './command.ts';
import { contestantsOf, find, settingsInWords, wishOf } from './settings.ts';
import type { Terminal } from './terminal.ts';

const usage = `Usage: npm run tune -- --data PATH --protocol PROTOCOL --algorithm ID --space NAME=A,B,C …
Tries settings of an algorithm on a validation split of the training part; the test part is not looked at.
  --algorithm    one id; or blend, whose settings are the weights of algorithms
  --space        a setting and the values to try, any number of times
  --trials       at most so many combinations, seeded, where there are more; 100
${commonUsage}`;
const options = { ...commonOptions, space: { type: 'string', multiple: true }, trials: { type: 'string' } } as const;

export interface Tuned {
  readonly best: Point;
  /** the best first */
  readonly trials: readonly Measured[];
}

/** `npm run tune`. @throws 400 with what is wrong with the arguments or the data */
export async function tuneCommand(args: readonly string[], { steps, say, print }: Terminal): Promise<Tuned> {
  const values = parse(args, options, usage),
    common = commonOf(values, usage),
    space = spaceOf(values.space ?? [], common.algorithm),
    points = pointsOf(space, whole('--trials', values.trials, { usual: 100, least: 1, most: 100_000 }), seeded(common.seed));
  const entrants = points.map(entrantFor(common));
  if (common.protocol === 'rating' && !entrants[0]!.contestants[0]!.algorithm.predict)
    throw badRequest(`${common.algorithm} does not foretell stars. Choose another protocol.`);
  const trial = validation(await readAll(common.sources, { steps, say }), common),
    found: { point: Point; measured: Measured }[] = [];
  for (const [i, point] of points.entries())
    found.push({
      point,
      measured: await steps.run(`${i + 1}/${points.length} ${inOrder(point)}`, (progress) => trial(entrants[i]!, progress), inWords),
    });
  found.sort((a, b) => byMerit(a.measured, b.measured));
  const { point: best } = found[0]!,
    tuned = { best, trials: found.map(({ point, measured }) => ({ ...measured, name: inOrder(point) })) };
  sayWhoIsSilent(tuned.trials.slice(0, 1), common.sources, say);
  print(inForm(tuned, common, commandFor(values, common, best)));
  return tuned;
}

function spaceOf(texts: readonly string[], algorithm: string): Space {
  if (texts.length === 0)
    throw badRequest(
      `--space is missing: which settings to try, as in --space NAME=A,B,C.\n${algorithm === 'blend' ? 'The names are those of algorithms.' : settingsInWords([find(algorithm)])}`,
    );
  return new Map(
    texts.map((text) => {
      const { name, value } = wishOf(text);
      return [name, value.split(',').filter((one) => one !== '')];
    }),
  );
}

/** Makes an entrant of a point. All points of a blend share their contestants, so that these are trained once. */
function entrantFor({ algorithm, set }: Common): (point: Point) => Entrant {
  const fixed = set.map(wishOf);
  if (algorithm !== 'blend')
    return (point) =>
      alone(contestantsOf([algorithm], [...fixed, ...Object.entries(point).map(([name, value]) => ({ algorithm, name, value }))])[0]!);
  let shared: ReturnType<typeof contestantsOf> | undefined;
  return (point) => {
    shared ??= contestantsOf(Object.keys(point), fixed);
    const spec = BlendSpec.safeParse({ weights: Object.fromEntries(Object.entries(point).map(([id, weight]) => [id, Number(weight)])) });
    if (!spec.success) throw badRequest(`--space ${inOrder(point)}: ${spec.error.issues[0]!.message}.`);
    return together(shared, spec.data);
  };
}

const inOrder = (point: Point): string =>
  Object.entries(point)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

/** The command that measures the best settings on the test part. */
function commandFor(values: Readonly<Record<string, unknown>>, { algorithm }: Common, best: Point): string {
  const kept = Object.entries(values).filter(([name, value]) => value !== undefined && !['space', 'trials', 'json', 'markdown'].includes(name));
  const options = kept.flatMap(([name, value]) => [value].flat().map((one) => `--${name} ${quoted(String(one))}`));
  const found =
    algorithm === 'blend'
      ? [`--weights ${inOrder(best).replaceAll(' ', ',')}`]
      : Object.entries(best).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`);
  return ['npm run evaluate --', ...options, ...found].join(' ');
}
const quoted = (text: string): string => (/^[\w./=,:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

function inForm(tuned: Tuned, { protocol, form }: Common, command: string): string {
  if (form === 'json') return `${JSON.stringify({ ...tuned, command }, null, 2)}\n`;
  const table = (form === 'markdown' ? markdownTable : textTable)(protocol, tuned.trials);
  return `${table}\nBest on the validation split: ${inOrder(tuned.best)}\nCheck it once on the test data:\n  ${command}\n`;
}

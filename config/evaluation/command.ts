import { badRequest } from '../../core/errors.ts';
import type { DataSet } from '../../jobs/evaluation/data-set.ts';
import { evaluate } from '../../jobs/evaluation/evaluate.ts';
import type { Evaluation, Measured } from '../../jobs/evaluation/plan.ts';
import { asMarkdown, asText } from '../../jobs/evaluation/table.ts';
import { Report } from '../import/report.ts';
import { commonOf, commonOptions, commonUsage, parse, whole, type Form } from './arguments.ts';
import { entrantsOf } from './entrants.ts';
import { readDataSet, type Sources } from './read.ts';
import type { Terminal } from './terminal.ts';

const usage = `Usage: npm run evaluate -- --data PATH --protocol PROTOCOL --algorithm ID[,ID…]|all|blend …
Measures algorithms on ratings that they have not seen. docs/evaluation.md says how.
  --algorithm    ids with commas between; all = every one by itself, blend = several together
  --weights      of the blend, as in ease=1,ials=.3; by default those of a new site
  --later        so many of each viewer's newest ratings come after the training: how well a live history is followed, 0
  --films        so many films are served, those that nobody knows among them: how well a large catalogue is served
${commonUsage}`;

/** `npm run evaluate`. @throws 400 with what is wrong with the arguments or the data */
export async function evaluateCommand(args: readonly string[], { steps, say, print }: Terminal): Promise<Evaluation> {
  const values = parse(args, { ...commonOptions, weights: { type: 'string' }, later: { type: 'string' }, films: { type: 'string' } } as const, usage),
    common = commonOf(values, usage),
    { protocol } = common,
    later = whole('--later', values.later, { usual: 0, least: 0, most: 1000 }),
    films = whole('--films', values.films, { usual: 0, least: 0, most: 1_000_000 });
  let entrants = entrantsOf({ ...common, weights: values.weights });
  if (protocol === 'rating') {
    const silent = entrants.filter(({ contestants: [only, ...more] }) => more.length > 0 || !only!.algorithm.predict);
    entrants = entrants.filter((entrant) => !silent.includes(entrant));
    if (entrants.length === 0)
      throw badRequest(`${silent.map(({ name }) => name).join(', ')}: none of them foretells stars. Choose one that does, or another protocol.`);
    for (const { name } of silent) say(`${name} is left out: it does not foretell stars.`);
  }
  const set = await readAll(common.sources, { steps, say });
  const evaluation = await evaluate(set, { ...common, entrants, steps, later, films });
  sayWhoIsSilent(evaluation.results, common.sources, say);
  print(inForm(evaluation, common.form));
  return evaluation;
}

/** Reads a data set, and says what of it could not be read. */
export async function readAll(sources: Sources, { steps, say }: Pick<Terminal, 'steps' | 'say'>): Promise<DataSet> {
  const report = new Report();
  const set = await steps.run(
    'Read the data',
    (progress) => readDataSet(sources, report, progress),
    ({ films, ratings }) => `${ratings.value.length} ratings by ${ratings.rows} viewers, ${films.length} films`,
  );
  for (const line of report.summary().slice(0, 8)) say(`Left out: ${line}`);
  return set;
}

/** An algorithm without any opinion is rarely a poor one: it wants facts that the data does not bring. */
export function sayWhoIsSilent(results: readonly Measured[], { metadata }: Sources, say: Terminal['say']): void {
  const advice = metadata === undefined ? ' Plots, people and keywords come with --metadata: does it need them?' : '';
  for (const { name, metrics } of results) if (metrics['coverage']?.value === 0) say(`${name} lists no film for anybody.${advice}`);
}

function inForm(evaluation: Evaluation, form: Form): string {
  if (form === 'json') return `${JSON.stringify(evaluation, null, 2)}\n`;
  return form === 'markdown' ? asMarkdown(evaluation) : asText(evaluation);
}

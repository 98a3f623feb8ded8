import type { Estimate } from './metrics/bootstrap.ts';
import type { Evaluation, Measured, Protocol } from './plan.ts';

interface Column {
  readonly title: string;
  readonly digits: number;
}
const columns: Readonly<Record<string, Column>> = {
  hitRate: { title: 'HR@10', digits: 4 },
  ndcg: { title: 'NDCG@10', digits: 4 },
  recall: { title: 'Recall@10', digits: 4 },
  precision: { title: 'Precision@10', digits: 4 },
  mrr: { title: 'MRR@10', digits: 4 },
  coverage: { title: 'Coverage', digits: 3 },
  novelty: { title: 'Novelty', digits: 2 },
  diversity: { title: 'Diversity', digits: 3 },
  miscalibration: { title: 'Miscalibration', digits: 3 },
  rmse: { title: 'RMSE', digits: 4 },
  mae: { title: 'MAE', digits: 4 },
  answered: { title: 'Answered', digits: 4 },
};

/** With a single wanted film, recall and precision say what the hit rate says. */
const shown = (protocol: Protocol, name: string): boolean => protocol !== 'leave-one-out' || (name !== 'recall' && name !== 'precision');

interface Cell {
  readonly value: string;
  /** what it lies in; empty where there is none */
  readonly interval: string;
}
interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One line an entrant: its name, every metric, the seconds of training. */
function tableOf(protocol: Protocol, results: readonly Measured[], nameOf: (result: Measured) => string): Table {
  const names = Object.keys(columns).filter((name) => results.some(({ metrics }) => metrics[name]) && shown(protocol, name));
  return {
    titles: ['', ...names.map((name) => columns[name]!.title), 'Training s'],
    rows: results.map((result) => [
      plain(nameOf(result)),
      ...names.map((name) => cellOf(result.metrics[name]!, columns[name]!)),
      plain(result.seconds.toFixed(1)),
    ]),
  };
}
const plain = (value: string): Cell => ({ value, interval: '' });
const cellOf = ({ value, low, high }: Estimate, { digits }: Column): Cell =>
  Number.isNaN(value) ? { value: '–', interval: '' } : { value: value.toFixed(digits), interval: `${low.toFixed(digits)}–${high.toFixed(digits)}` };

/** What was measured, in one sentence. */
const captionOf = ({ protocol, preferring, data, films, viewers, ratings, seed }: Evaluation): string =>
  `${protocol} on ${data}: ${viewers} viewers measured, ${films} films, ${ratings} ratings to learn from, preferences ${preferring}, seed ${seed}.`;

/** For terminals: columns in line, each interval below its number. */
export const asText = (evaluation: Evaluation): string => `${captionOf(evaluation)}\n${textTable(evaluation.protocol, evaluation.results)}`;

/** For docs/evaluation.md. */
export const asMarkdown = (evaluation: Evaluation): string => `${captionOf(evaluation)}\n\n${markdownTable(evaluation.protocol, evaluation.results)}`;

export function textTable(protocol: Protocol, results: readonly Measured[], nameOf = nameAlone): string {
  const { titles, rows } = tableOf(protocol, results, nameOf);
  const lines = [titles, ...rows.flatMap((row) => [row.map(({ value }) => value), row.map(({ interval }) => interval)])];
  const widths = titles.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  const aligned = lines.map((line) => line.map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!))).join('  '));
  return `${aligned.map((line) => line.trimEnd()).join('\n')}\n`;
}

export function markdownTable(protocol: Protocol, results: readonly Measured[], nameOf = nameAlone): string {
  const { titles, rows } = tableOf(protocol, results, nameOf);
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |\n`;
  const head = line(titles) + line(titles.map((_, i) => (i === 0 ? '---' : '--:')));
  return head + rows.map((row) => line(row.map(({ value, interval }) => (interval ? `${value}<br>${interval}` : value)))).join('');
}

const nameAlone = ({ name }: Measured): string => name;

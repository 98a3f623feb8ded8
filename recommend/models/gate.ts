import type { Metrics } from './metrics.ts';

/** What the gate looks at. */
export interface Contender {
  readonly version: number;
  readonly metrics: Metrics;
  /** of the data it was trained on; the hold-out follows from the data alone */
  readonly fingerprint: string;
}
export interface Verdict {
  readonly passes: boolean;
  /** for operators: one or two sentences */
  readonly words: string;
}

/** What a challenger has to match: the one in service, and the best of those kept where that is another one. */
export interface Standards {
  readonly champion: Contender;
  readonly best?: Contender;
}

/**
 * Whether the challenger, a model just trained, may take the place of the champion, the one in service. It is compared with
 * the best of the versions kept, too: a decline of many small steps, each within the tolerance, ends there.
 *
 * What serves was trained on everything, so it has seen today's hold-out and cannot be measured on it. Compared are two
 * rehearsals: the same settings trained without the newest tenth of the ratings, measured on that tenth.
 * - On the same data (equal fingerprints) both met the very same hold-out: the challenger's NDCG@10 must reach the
 *   other's less the tolerance.
 * - On newer data the hold-outs differ, and with them how hard they are: the upper end of the challenger's 95 % bootstrap
 *   interval must reach it, so that only a fall beyond chance is refused.
 * Besides, its figures must be finite, and it must list something for the viewers of the hold-out. The first model of an
 * algorithm passes, and so does one that nobody's hold-out can judge.
 * @param tolerance how far it may fall, as a fraction of the other's figure
 */
export function judge(challenger: Contender, standards: Standards | undefined, tolerance: number): Verdict {
  if (!standards) return pass('The first sound model of this algorithm: there was nothing to compare it with.');
  const { metrics } = challenger;
  if (![metrics.ndcg10, metrics.hitRate10, metrics.coverage10].every(Number.isFinite))
    return refuse('Its figures are no finite numbers: the training went wrong.');
  if (metrics.viewers === 0) return pass('Nobody in the hold-out could be measured, so it was not compared.');
  if (metrics.coverage10 === 0) return refuse(`It lists no film at all for the ${metrics.viewers} viewers of the hold-out.`);
  const { champion, best } = standards;
  const first = compare(challenger, champion, tolerance);
  const second = first.passes && best && compare(challenger, best, tolerance, ', the best that is kept');
  return second && !second.passes ? second : first;
}

function compare({ metrics, fingerprint }: Contender, other: Contender, tolerance: number, which = ''): Verdict {
  if (!(other.metrics.ndcg10 > 0)) return pass(`Version ${other.version} has no NDCG@10 to compare it with.`);
  const wanted = other.metrics.ndcg10,
    same = fingerprint === other.fingerprint,
    reached = same ? metrics.ndcg10 : Math.max(metrics.ndcg10, metrics.ndcg10High ?? 0);
  const words = `NDCG@10 ${figure(metrics.ndcg10)} is ${difference(metrics.ndcg10, wanted)} ${figure(wanted)} of version ${other.version}${which}`;
  if (reached >= wanted * (1 - tolerance)) return pass(`${words}.`);
  const chance = reached > metrics.ndcg10 ? ` Even the upper end of its 95 % interval, ${figure(reached)}, is too low.` : '';
  return refuse(`${words}; the tolerance is ${percent(tolerance)}.${chance}`);
}

const pass = (words: string): Verdict => ({ passes: true, words });
const refuse = (words: string): Verdict => ({ passes: false, words });
const figure = (value: number): string => value.toFixed(3);
const percent = (fraction: number): string => `${Number((fraction * 100).toFixed(1))} %`;

function difference(value: number, wanted: number): string {
  const by = Math.round((Math.abs(value - wanted) / wanted) * 100);
  if (by === 0) return 'as good as';
  return `${by} % ${value < wanted ? 'below' : 'above'}`;
}

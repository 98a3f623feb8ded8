import type { MetricDefinition } from '../../../recommend/measures.ts';

const whole = new Intl.NumberFormat('en');

export const count = (n: number): string => whole.format(n);
export const viewers = (n: number): string => `${count(n)} ${n === 1 ? 'viewer' : 'viewers'}`;

/** A fraction in percent, with as many digits as it takes that something small does not read as nothing. */
export function percent(fraction: number): string {
  const hundredths = Math.abs(fraction * 100);
  const digits = hundredths === 0 || hundredths >= 0.05 ? 1 : hundredths >= 0.005 ? 2 : 3;
  return `${(fraction * 100).toFixed(digits).replace('-', '−')} %`;
}
const withSign = (text: string, n: number): string => (n > 0 ? `+${text}` : text);
/** The same with its sign. */
export const signed = (fraction: number): string => withSign(percent(fraction), fraction);

/** "A", "A and B", "A, B and C" */
export const listed = (items: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);

const units: Record<MetricDefinition['unit'], string> = { share: ' points', count: '', stars: ' stars', milliseconds: ' ms', bits: ' bits' };
/** An effect with its sign: in percent of the control's value, or in the metric's own unit. */
export function change(n: number, { scale, unit }: Pick<MetricDefinition, 'scale' | 'unit'>): string {
  if (scale === 'relative') return signed(n);
  if (unit === 'share') return withSign(`${(n * 100).toFixed(2).replace('-', '−')}${units.share}`, n);
  return withSign(`${n.toFixed(Math.abs(n) >= 10 ? 1 : 2).replace('-', '−')}${units[unit]}`, n);
}
/** The same without a sign. */
export const size = (n: number, of: Pick<MetricDefinition, 'scale' | 'unit'>): string => change(Math.abs(n), of).replace('+', '');

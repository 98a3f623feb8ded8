const whole = new Intl.NumberFormat('en');

export const count = (n: number): string => whole.format(n);
export const viewers = (n: number): string => `${count(n)} ${n === 1 ? 'viewer' : 'viewers'}`;

/** A fraction in percent, with as many digits as it takes that something small does not read as nothing. */
export function percent(fraction: number): string {
  const hundredths = Math.abs(fraction * 100);
  const digits = hundredths === 0 || hundredths >= 0.05 ? 1 : hundredths >= 0.005 ? 2 : 3;
  return `${(fraction * 100).toFixed(digits).replace('-', '−')} %`;
}
/** The same with its sign. */
export const signed = (fraction: number): string => `${fraction > 0 ? '+' : ''}${percent(fraction)}`;

/** "A", "A and B", "A, B and C" */
export const listed = (items: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(items);

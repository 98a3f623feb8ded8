/** Where something goes in an order: one place on, or before something else that stands there. */
export type Move = 'up' | 'down' | 'top' | { readonly before: number };

/** The order with one of its members moved; the same where it stands nowhere, or has no place to go. */
export function reorder(order: readonly number[], member: number, to: Move): number[] {
  const from = order.indexOf(member),
    others = order.filter((other) => other !== member);
  if (from < 0) return [...order];
  const at = placeOf(others, from, to);
  return [...others.slice(0, at), member, ...others.slice(at)];
}

function placeOf(others: readonly number[], from: number, to: Move): number {
  if (to === 'up') return Math.max(0, from - 1);
  if (to === 'down') return Math.min(others.length, from + 1);
  if (to === 'top') return 0;
  const before = others.indexOf(to.before);
  return before < 0 ? others.length : before;
}

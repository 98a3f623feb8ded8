import { wilson } from '../wilson.ts';

/** What was shown at one position of the lists, from 1. */
export interface PositionCounts {
  readonly position: number;
  readonly clicks: number;
  readonly impressions: number;
}
export interface PositionRate extends PositionCounts {
  readonly rate: number;
  readonly interval: readonly [low: number, high: number];
  /**
   * rate over that of the first position: on slots that were randomised, how much attention the position gets (Joachims,
   * Swaminathan and Schnabel, WSDM 2017). NaN without a click on the first.
   */
  readonly attention: number;
}

/** Click-through rate by position with Wilson intervals. */
export function positionRates(counts: readonly PositionCounts[], alpha?: number): PositionRate[] {
  const first = counts.find(({ position }) => position === 1);
  const top = first ? first.clicks / first.impressions : NaN;
  return counts.map((each) => {
    const rate = each.clicks / each.impressions;
    return { ...each, rate, interval: wilson(each.clicks, each.impressions, alpha), attention: top > 0 ? rate / top : NaN };
  });
}

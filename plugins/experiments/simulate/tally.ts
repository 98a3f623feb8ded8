/** What a simulation did. */
export interface Tally {
  signIns: number;
  visits: number;
  lists: number;
  films: number;
  clicks: number;
  ratings: number;
  saved: number;
  /** visits that ended early because a page failed */
  errors: number;
  /** viewers who found nothing and did not come again */
  left: number;
  firstError: string | undefined;
}
export const empty = (): Tally => ({
  signIns: 0,
  visits: 0,
  lists: 0,
  films: 0,
  clicks: 0,
  ratings: 0,
  saved: 0,
  errors: 0,
  left: 0,
  firstError: undefined,
});

const whole = new Intl.NumberFormat('en');

/** The tally for people. */
export function inWords({ visits, signIns, lists, films, clicks, ratings, saved, errors, left, firstError }: Tally): string[] {
  const rate = films > 0 ? `${((100 * clicks) / films).toFixed(2)} %` : '–';
  return [
    `  Visits        ${whole.format(visits)} by ${whole.format(signIns)} viewers; ${whole.format(left)} found nothing and stayed away`,
    `  Lists shown   ${whole.format(lists)} with ${whole.format(films)} films`,
    `  Clicks        ${whole.format(clicks)}, a click rate of ${rate}`,
    `  Ratings       ${whole.format(ratings)}, and ${whole.format(saved)} films saved for later`,
    `  Errors        ${whole.format(errors)}${firstError ? `, the first: ${firstError}` : ''}`,
  ];
}

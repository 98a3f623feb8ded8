/** Smallest and largest value of minute, hour, day of the month, month and day of the week (0 and 7 are Sunday). */
const ranges = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Whether the text is a cron expression of five fields of numbers, ranges, lists and steps. The scheduler takes wrong ones in silence. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return fields.length === ranges.length && ranges.every(([least, most], at) => fields[at]!.split(',').every((part) => isPart(part, least, most)));
}

function isPart(part: string, least: number, most: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  if (!match) return false;
  const [first = least, last = match[1] === undefined ? most : first, step = 1] = match
    .slice(1)
    .map((digits) => (digits === undefined ? undefined : Number(digits)));
  return least <= first && first <= last && last <= most && step > 0;
}

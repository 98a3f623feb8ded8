/** One thing that can be wrong with how an experiment is measured. */
export interface Check {
  readonly id: 'split' | 'crossed' | 'exposure' | 'days' | 'novelty' | 'leak' | 'late';
  readonly title: string;
  /** alarm: nothing else should be believed · warn: read the results with it in mind · note: worth knowing */
  readonly level: 'ok' | 'note' | 'warn' | 'alarm';
  /** what was found, as a sentence */
  readonly text: string;
  /** what to do; null where there is nothing to do */
  readonly todo: string | null;
}

/** The words of an alarm that makes all numbers worthless. */
export function alarmOf(health: readonly Check[]): string | undefined {
  const alarm = health.find(({ level }) => level === 'alarm');
  return alarm && [alarm.text, alarm.todo].filter(Boolean).join(' ');
}

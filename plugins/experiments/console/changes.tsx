import { percent, when } from '../../../core/console/kit/index.tsx';
import type { FieldChange } from './answer.ts';

interface Named {
  readonly name: string;
  /** how a value is said; without it, only that it changed */
  readonly say?: (value: unknown) => string;
}
const text = (value: unknown): string => `“${String(value)}”`;
const word = (value: unknown): string => (value === null || value === '' ? 'none' : String(value));
const share = (value: unknown): string => (typeof value === 'number' ? percent(value, value * 100 === Math.round(value * 100) ? 0 : 1) : 'none');
const moment = (value: unknown): string => (typeof value === 'string' ? when(value) : 'none');
const yes = (value: unknown): string => (value === true ? 'yes' : 'no');

/** Of what an experiment is made, in the words of its form. What is not named here is no choice of anybody's. */
const fields: Readonly<Record<string, Named>> = {
  name: { name: 'name', say: text },
  hypothesis: { name: 'hypothesis' },
  kind: { name: 'kind', say: word },
  arms: { name: 'arms' },
  layer: { name: 'layer' },
  start: { name: 'start of the range', say: share },
  end: { name: 'end of the range', say: share },
  coverage: { name: 'coverage', say: share },
  targeting: { name: 'conditions on viewers' },
  includeStaff: { name: 'staff take part', say: yes },
  includeSimulated: { name: 'simulated viewers take part', say: yes },
  startsAt: { name: 'start', say: moment },
  endsAt: { name: 'end', say: moment },
  ramp: { name: 'ramp' },
  metric: { name: 'what decides', say: word },
  secondary: { name: 'what is also looked at' },
  guardrails: { name: 'guardrails' },
  engine: { name: 'looks', say: word },
  alpha: { name: 'error rate', say: word },
  settings: { name: 'details of the method' },
  correction: { name: 'correction', say: word },
  cuped: { name: 'what is known from before', say: yes },
  minDays: { name: 'days at least', say: word },
  plannedUnits: { name: 'planned viewers', say: word },
  mde: { name: 'smallest change worth finding', say: share },
};

/** "name, arms" */
export const namesOf = (changed: readonly string[]): string => changed.flatMap((field) => fields[field]?.name ?? []).join(', ');

/** "coverage: 50 % → 100 %, arms" */
export const changesInWords = (changes: readonly FieldChange[]): string =>
  changes
    .flatMap(({ field, before, after }) => {
      const named = fields[field];
      return named ? [named.say ? `${named.name}: ${named.say(before)} → ${named.say(after)}` : named.name] : [];
    })
    .join(', ');

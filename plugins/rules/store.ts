import { audit } from '../../core/audit.ts';
import type { Bus } from '../../core/bus.ts';
import type { Sql } from '../../core/database/sql.ts';
import { invalid, notFound, stale } from '../../core/errors.ts';
import { readDraft, type Draft } from './input.ts';

export const topic = 'rules';
export interface Rule extends Omit<Draft, 'startsAt' | 'endsAt'> {
  readonly id: number;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly version: number;
}
/** With the films that it is about, as they are now. */
export interface LoadedRule extends Rule {
  readonly films: readonly number[];
}

const columns = 'id, name, effect, amount, target, value, audience, starts_at as "startsAt", ends_at as "endsAt", enabled, version';

/** The rules, each change one transaction with its audit row; every process hears of it. */
export class Rules {
  readonly #sql: Sql;
  readonly #bus: Bus;
  constructor(sql: Sql, bus: Bus) {
    this.#sql = sql;
    this.#bus = bus;
  }

  all(): Promise<LoadedRule[]> {
    return this.#sql.rows<LoadedRule>(
      `select ${columns}, array(select * from films_of_rule(target, value)) as films from recommendation_rule order by id`,
    );
  }

  /** The films that a rule would be about. */
  async films(target: string, value: string): Promise<number[]> {
    return (await this.#sql.rows<{ film: number }>('select film from films_of_rule($1, $2) as film order by 1', [target, value])).map(
      ({ film }) => film,
    );
  }

  create(input: unknown, operator: number): Promise<Rule> {
    const draft = readDraft(input);
    return this.#sql.transaction(async (tx) => {
      await refuseUnknown(tx, draft);
      const rule = (await tx.one<Rule>(
        `insert into recommendation_rule (name, effect, amount, target, value, audience, starts_at, ends_at, enabled)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
        valuesOf(draft),
      ))!;
      return this.#done(tx, operator, 'rule.create', undefined, rule);
    });
  }

  /** @param version the version that the operator was looking at */
  edit(id: number, version: number, input: unknown, operator: number): Promise<Rule> {
    const draft = readDraft(input);
    return this.#sql.transaction(async (tx) => {
      const before = await this.#locked(tx, id, version);
      await refuseUnknown(tx, draft);
      const after = (await tx.one<Rule>(
        `update recommendation_rule set name = $1, effect = $2, amount = $3, target = $4, value = $5, audience = $6, starts_at = $7, ends_at = $8,
          enabled = $9, version = version + 1 where id = $10 returning ${columns}`,
        [...valuesOf(draft), id],
      ))!;
      return this.#done(tx, operator, 'rule.edit', before, after);
    });
  }

  remove(id: number, version: number, operator: number): Promise<Rule> {
    return this.#sql.transaction(async (tx) => {
      const before = await this.#locked(tx, id, version);
      await tx.rows('delete from recommendation_rule where id = $1', [id]);
      return this.#done(tx, operator, 'rule.delete', before, undefined);
    });
  }

  async #locked(tx: Sql, id: number, version: number): Promise<Rule> {
    const rule = await tx.one<Rule>(`select ${columns} from recommendation_rule where id = $1 for update`, [id]);
    if (!rule) throw notFound('rule');
    if (rule.version !== version) throw stale('rule');
    return rule;
  }

  async #done(tx: Sql, operator: number, action: string, before: Rule | undefined, after: Rule | undefined): Promise<Rule> {
    const rule = (after ?? before)!;
    await audit(tx, { operator, action, subject: `rule ${rule.id}`, before, after });
    await this.#bus.notify(tx, topic);
    return rule;
  }
}

const valuesOf = ({ name, effect, amount, target, value, audience, startsAt, endsAt, enabled }: Draft): unknown[] => [
  name,
  effect,
  amount,
  target,
  value,
  audience,
  startsAt,
  endsAt,
  enabled,
];

/** A rule about nothing is a typing mistake. */
async function refuseUnknown(tx: Sql, { target, value }: Draft): Promise<void> {
  const known = await tx.one('select from films_of_rule($1, $2) limit 1', [target, value]);
  if (known) return;
  const what = { film: 'There is no such film', query: 'No film has all these words' }[target as string] ?? `There is no film with this ${target}`;
  throw invalid({ value: `${what}. ${target === 'film' ? 'Choose one from the list' : 'Check the spelling'}.` });
}

import type { Bus } from '../../../core/bus.ts';
import type { Sql } from '../../../core/database/sql.ts';
import type { Logger } from '../../../core/log.ts';
import { moved } from '../country/store.ts';

/** What only the database knows of a unit. */
export interface UnitFacts {
  readonly staff: boolean;
  readonly simulated: boolean;
  /** an account, not only a browser */
  readonly signedIn: boolean;
  /** when the account was made, or the browser came first */
  readonly since: Date;
  /** where it was seen last, ISO 3166-1 */
  readonly country: string | null;
  readonly forced: readonly Forced[];
  /** arms of running bandits that it was shown already: their shares change, but move nobody */
  readonly placed: readonly Placed[];
}
export interface Placed {
  readonly experiment: number;
  readonly phase: number;
  readonly arm: string;
}
export interface Forced {
  readonly experiment: number;
  readonly arm: string;
  readonly until: Date;
}

/** units remembered: a few megabytes */
const most = 20_000;

/** Remembers what it read of units until it changes, and forgets those that were not asked for longest. */
export class Facts {
  readonly #sql: Sql;
  readonly #known = new Map<number, UnitFacts>();
  /** counts changes: what was read before one is not kept */
  #changes = 0;
  readonly #log: Logger;
  constructor(sql: Sql, log: Logger) {
    this.#sql = sql;
    this.#log = log;
  }

  /** Follows changes. Returns the undo. */
  open(bus: Bus): () => void {
    return bus.on('experiments.unit', (unit) => {
      this.#changes++;
      if (unit) this.#known.delete(Number(unit));
      else this.#known.clear();
    });
  }

  /** Without a promise where it is known. @param here the country where it is now, where that is known */
  of(unit: number, here?: string): UnitFacts | Promise<UnitFacts> {
    const facts = this.#of(unit);
    if (here === undefined) return facts;
    return facts instanceof Promise ? facts.then((read) => this.#in(here, unit, read)) : this.#in(here, unit, facts);
  }

  /** What it was before it came here is forgotten. */
  #in(country: string, unit: number, facts: UnitFacts): UnitFacts {
    if (facts.country === country || facts === unknown) return facts;
    const now = { ...facts, country };
    if (this.#known.has(unit)) this.#known.set(unit, now);
    void moved(this.#sql, unit, country).catch((error: unknown) => this.#log.error('the country of a unit could not be noted', error));
    return now;
  }

  #of(unit: number): UnitFacts | Promise<UnitFacts> {
    const known = this.#known.get(unit);
    if (!known) return this.#read(unit);
    this.#known.delete(unit);
    this.#known.set(unit, known);
    return known;
  }

  async #read(unit: number): Promise<UnitFacts> {
    const before = this.#changes,
      row = await this.#sql.one<Row>(statement, [unit]);
    const facts = row ? factsOf(row) : unknown;
    if (before === this.#changes) this.#known.set(unit, facts);
    if (this.#known.size > most) this.#known.delete(this.#known.keys().next().value!);
    return facts;
  }
}

interface Row extends Omit<UnitFacts, 'forced'> {
  readonly forced: readonly (Omit<Forced, 'until'> & { readonly until: string })[];
}
const factsOf = ({ forced, ...row }: Row): UnitFacts => ({ ...row, forced: forced.map((one) => ({ ...one, until: new Date(one.until) })) });
/** A unit that is gone meanwhile takes part in nothing. */
const unknown: UnitFacts = { staff: true, simulated: true, signedIn: false, since: new Date(0), country: null, forced: [], placed: [] };

const statement = `select u.staff, u.simulated, u.account is not null as "signedIn", coalesce(a.created_at, u.created_at) as since,
    (select country from experiment_country where unit = u.id) as country,
    coalesce((select json_agg(json_build_object('experiment', f.experiment, 'arm', f.arm, 'until', f.until)) from experiment_forced f
      where f.unit = u.id and f.until > now()), '[]') as forced,
    coalesce((select json_agg(first) from (select distinct on (l.experiment) l.experiment, l.phase, l.arm
      from experiment e join list_assignment l on l.experiment = e.id and l.phase = e.phase and l.unit = u.id
      where e.kind = 'bandit' and e.status in ('running', 'paused') order by l.experiment, l.served_at) first), '[]') as placed
  from unit u left join account a on a.id = u.account where u.id = $1`;

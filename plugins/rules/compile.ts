import type { Catalogue } from '../../recommend/ports.ts';
import type { Adjuster, Adjustment } from '../../recommend/stages.ts';
import type { LoadedRule } from './store.ts';

/** Films in the history of a newcomer, at most. */
const newcomerUpTo = 5;

const forAudience = ({ audience }: LoadedRule, films: number): boolean =>
  audience === 'everybody' || (audience === 'newcomers') === films <= newcomerUpTo;
const inForce = ({ enabled, startsAt, endsAt }: LoadedRule, at: Date): boolean =>
  enabled && (startsAt === null || startsAt <= at) && (endsAt === null || endsAt > at);

/** Of all sets of rules that this process ever had: previews have sets of their own, whose rules have no versions. */
let sets = 0;

/** The rules in memory, worked out once for all viewers whom the same ones concern. */
export class CompiledRules implements Adjuster {
  #rules: readonly LoadedRule[] = [];
  #catalogue: Catalogue | undefined;
  readonly #known = new Map<string, Adjustment>();
  #set = 0;

  replace(rules: readonly LoadedRule[]): void {
    this.#rules = rules;
    this.#set = ++sets;
    this.#known.clear();
  }

  adjust({ films }: { readonly films: Int32Array }, catalogue: Catalogue, at: Date): Adjustment | undefined {
    if (catalogue !== this.#catalogue) this.#known.clear();
    this.#catalogue = catalogue;
    const rules = this.#rules.filter((rule) => inForce(rule, at) && forAudience(rule, films.length));
    if (rules.length === 0) return undefined;
    const key = `${this.#set}: ${rules.map(({ id }) => id).join(' ')}`;
    const known = this.#known.get(key) ?? compile(key, rules, catalogue);
    this.#known.set(key, known);
    return known;
  }
}

/** Several rules on one film add up; an exclusion wins over a pin. */
export function compile(key: string, rules: readonly LoadedRule[], catalogue: Catalogue): Adjustment {
  const boost = new Map<number, number>(),
    excluded = new Uint8Array(catalogue.size),
    pins: { film: number; place: number }[] = [];
  for (const { effect, amount, films } of rules) {
    for (const film of films.map((id) => catalogue.position(id)).filter((position) => position !== undefined)) {
      if (effect === 'boost' || effect === 'bury') boost.set(film, (boost.get(film) ?? 0) + (effect === 'boost' ? amount : -amount));
      else if (effect === 'exclude') excluded[film] = 1;
      else pins.push({ film, place: amount - 1 });
    }
  }
  return { key, boost, excluded: excluded.includes(1) ? excluded : undefined, pins };
}

import type { Sql } from '../../../core/database/sql.ts';
import { control, type Experiment } from '../model.ts';

/**
 * What credits an arm: clicks on its films; within 72 hours ratings of 4 stars or more, places on watchlists and films watched,
 * together and each; and dismissals, which speak against it.
 */
export const whats = ['clicks', 'successes', 'rating', 'watchlist', 'watched', 'dismissals'] as const;
export type What = (typeof whats)[number];

/** Metrics that count acts on single films of a list: only with those an arm can be credited whose films stand among another's. */
const byMetric: Readonly<Record<string, What>> = {
  ctr: 'clicks',
  clicks: 'clicks',
  conversion: 'successes',
  'conversion-rating': 'rating',
  'conversion-watchlist': 'watchlist',
  'conversion-watched': 'watched',
  dismissals: 'dismissals',
};
export const creditOf = (metric: string): What | undefined => (Object.hasOwn(byMetric, metric) ? byMetric[metric] : undefined);
/** What speaks for a film. */
export type For = Exclude<What, 'dismissals'>;
export const speaksFor = (what: What): what is For => what !== 'dismissals';
/** What decides an interleaving; undefined for a metric that cannot. */
export function decidedBy(metric: string): For | undefined {
  const what = creditOf(metric);
  return what && speaksFor(what) ? what : undefined;
}
/** Clicks where the metric cannot decide, as one from before it was asked for may have. */
export const decidingOf = ({ metric }: Pick<Experiment, 'metric'>): For => decidedBy(metric) ?? 'clicks';

/** Credits the films of interleaved lists anew for the units of `seen`; the database changes the sums by the difference. In the transaction of the roll-up. */
export async function creditUnits(tx: Sql): Promise<void> {
  await tx.rows('delete from experiment_credit c using taken t where (c.experiment, c.unit) = (t.experiment, t.unit)');
  await tx.rows(creditStatement, [control]);
}

/** A dismissal is credited as successes are: to the last list that showed the film in the 72 hours before. */
const creditStatement = `insert into experiment_credit (experiment, phase, unit, what, at, a, b)
  select s.experiment, s.phase, s.unit, e.what, experiment_step(e.at, s.started),
    count(*) filter (where l.teams[e.position + 1] <> $1), count(*) filter (where l.teams[e.position + 1] = $1)
  from seen s join experiment x on x.id = s.experiment and x.kind = 'interleaving'
    join list_assignment a on (a.experiment, a.phase, a.unit) = (s.experiment, s.phase, s.unit)
    join served_list l on l.id = a.list and l.teams is not null, lateral (
      select 'clicks' as what, position, at from click where list = l.id
      union all select unnest(array['successes', kind]), position, at from outcome where list = l.id
      union all select 'dismissals', array_position(l.films, d.film) - 1, d.at from dismissal d
        where d.unit = s.unit and d.film = any(l.films) and d.at between l.served_at and l.served_at + interval '72 hours'
        and not exists (select from served_list o where o.unit = d.unit and o.served_at > l.served_at and o.served_at <= d.at and d.film = any(o.films))
    ) e
  where s.standing = 'counted' and e.at < coalesce(s.ended, 'infinity') group by 1, 2, 3, 4, 5`;

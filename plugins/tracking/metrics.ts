import type { MetricDefinition, SegmentDefinition } from '../../recommend/measures.ts';

/** A success counts for so many hours after a unit was first exposed. */
const WINDOW = [0, 72] as const;
const changes = 'select unit, tx from tracking_change';
const clicks = 'select unit, tx from history_change';

const ofLists = { changes, kind: 'ratio', better: 'up', minimum: 100, scale: 'relative' } as const;
const conversion = { changes, kind: 'binomial', better: 'up', window: WINDOW, minimum: 100, scale: 'relative', unit: 'share' } as const;
const lists = 'from served_list l where l.blend_version is not null';

/** What is known of every list: how it was taken, how it was made up, and how long it took. */
export const metrics: readonly MetricDefinition[] = [
  {
    ...ofLists,
    id: 'ctr',
    title: 'Click rate',
    noun: 'clicks per film shown',
    unit: 'share',
    rows: `select l.unit, l.served_at as at, l.id as list, cardinality(l.films) as denominator,
      (select count(*) from click c where c.list = l.id) as value ${lists}`,
    changes: `${changes} union all ${clicks}`,
  },
  {
    id: 'clicks',
    title: 'Clicks per viewer',
    noun: 'clicks per viewer',
    kind: 'mean',
    better: 'up',
    cap: { percentile: 0.99 },
    minimum: 100,
    scale: 'relative',
    unit: 'count',
    rows: 'select c.unit, c.at, c.list, 1 as value from click c',
    changes: `${changes} union all ${clicks}`,
  },
  {
    ...conversion,
    id: 'conversion',
    title: 'Success within 72 hours',
    noun: 'viewers with a success within 72 hours',
    rows: 'select unit, at, 1 as value from outcome',
  },
  {
    ...conversion,
    id: 'conversion-rating',
    title: 'Liked a recommended film',
    noun: 'viewers who gave a recommended film 4 stars or more within 72 hours',
    rows: `select unit, at, 1 as value from outcome where kind = 'rating'`,
  },
  {
    ...conversion,
    id: 'conversion-watchlist',
    title: 'Saved a recommended film',
    noun: 'viewers who put a recommended film on their watchlist within 72 hours',
    rows: `select unit, at, 1 as value from outcome where kind = 'watchlist'`,
  },
  {
    ...conversion,
    id: 'conversion-watched',
    title: 'Watched a recommended film',
    noun: 'viewers who watched a recommended film within 72 hours',
    rows: `select unit, at, 1 as value from outcome where kind = 'watched'`,
  },
  {
    ...ofLists,
    id: 'stars',
    title: 'Stars of recommended films',
    noun: 'stars per rating of a film that was recommended in the 30 days before',
    scale: 'absolute',
    unit: 'stars',
    rows: `select r.unit, r.rated_at as at, r.stars as value, 1 as denominator from rating r where exists (select ${lists}
      and l.unit = r.unit and l.served_at between r.rated_at - interval '30 days' and r.rated_at and r.film = any(l.films))`,
    changes: `${changes} union all ${clicks}`,
  },
  {
    changes,
    id: 'return-7-days',
    title: 'Back within 7 days',
    noun: 'viewers who came back between 1 and 7 days later',
    kind: 'retention',
    window: [24, 168],
    better: 'up',
    minimum: 100,
    scale: 'relative',
    unit: 'share',
    rows: 'select unit, served_at as at, 1 as value from served_list',
  },
  {
    ...ofLists,
    id: 'diversity',
    title: 'Diversity of lists',
    noun: 'diversity of genres per list',
    unit: 'share',
    rows: `select l.unit, l.served_at as at, l.id as list, l.diversity as value, 1 as denominator ${lists} and l.diversity is not null`,
  },
  {
    ...ofLists,
    id: 'novelty',
    title: 'Novelty of films',
    noun: 'bits of novelty per list',
    unit: 'bits',
    rows: `select l.unit, l.served_at as at, l.id as list, l.novelty as value, 1 as denominator ${lists} and l.novelty is not null`,
  },
  {
    ...ofLists,
    id: 'page-time',
    title: 'Page time',
    noun: 'milliseconds until a page’s films are chosen',
    better: 'down',
    unit: 'milliseconds',
    rows: `select l.unit, l.served_at as at, l.id as list, l.milliseconds as value, 1 as denominator ${lists} and l.milliseconds is not null`,
  },
  {
    id: 'page-time-p90',
    title: 'Page time, slowest tenth of viewers',
    noun: 'milliseconds until a page’s films are chosen, for the slowest tenth of viewers',
    kind: 'quantile',
    level: 0.9,
    better: 'down',
    minimum: 200,
    scale: 'relative',
    unit: 'milliseconds',
    rows: `select l.unit, l.served_at as at, l.id as list, l.milliseconds as value, 1 as denominator ${lists} and l.milliseconds is not null`,
    changes,
  },
  {
    id: 'lists',
    title: 'Lists per viewer',
    noun: 'lists seen per viewer',
    kind: 'mean',
    better: 'up',
    cap: { percentile: 0.99 },
    minimum: 100,
    scale: 'relative',
    unit: 'count',
    rows: `select l.unit, l.served_at as at, l.id as list, 1 as value ${lists}`,
    changes,
  },
];

export const segments: readonly SegmentDefinition[] = [
  {
    id: 'returning',
    title: 'New or returning',
    value: `case when exists (select from served_list l where l.unit = e.unit and l.served_at < e.at - interval '1 hour') then 'returning' else 'new' end`,
  },
];

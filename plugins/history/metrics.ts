import type { MetricDefinition, SegmentDefinition } from '../../recommend/measures.ts';

const each = {
  kind: 'mean',
  cap: { percentile: 0.99 },
  minimum: 100,
  scale: 'relative',
  unit: 'count',
  changes: 'select unit, tx from history_change',
} as const;

export const metrics: readonly MetricDefinition[] = [
  {
    ...each,
    id: 'ratings',
    title: 'Ratings per viewer',
    noun: 'ratings per viewer',
    better: 'up',
    rows: 'select unit, rated_at as at, 1 as value from rating',
  },
  {
    ...each,
    id: 'watched',
    title: 'Films watched per viewer',
    noun: 'films watched per viewer',
    better: 'up',
    rows: 'select unit, watched_at as at, 1 as value from watch',
  },
  {
    ...each,
    id: 'dismissals',
    title: 'Dismissals per viewer',
    noun: 'films dismissed per viewer',
    better: 'down',
    rows: 'select unit, at, 1 as value from dismissal',
  },
];

const rated = 'from rating r where r.unit = e.unit and r.rated_at < e.at';
export const segments: readonly SegmentDefinition[] = [
  {
    id: 'ratings',
    title: 'Ratings before',
    value: `(select case when count(*) = 0 then 'none' when count(*) < 10 then '1 to 9' when count(*) < 50 then '10 to 49' else '50 and more' end ${rated})`,
    stratifies: true,
  },
  {
    id: 'favourite-genre',
    title: 'Favourite genre',
    value: `coalesce((select g.name ${rated.replace('rating r', 'rating r join film_genre fg on fg.film = r.film and fg.ord = 0 join genre g on g.id = fg.genre')}
      and r.stars >= 4 group by g.name order by count(*) desc, g.name limit 1), 'none yet')`,
  },
];

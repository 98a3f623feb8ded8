/**
 * What a unit ($1) has seen: one row a film, with its stars and the last moment that is known of it: the day in the
 * diary, else when it was marked as seen, else when it was rated. A rating counts as seen.
 */
export const seen = `seen as (
  select film, max(stars) as stars, coalesce(max(at) filter (where kind = 'diary'), max(at) filter (where kind = 'watch'), max(at)) as at
  from (
    select film, stars, rated_at as at, 'rating' as kind from rating where unit = $1
    union all select film, null, watched_at, 'watch' from watch where unit = $1
    union all select film, null, watched_on::timestamptz, 'diary' from diary_entry where unit = $1
  ) marks group by film
)`;

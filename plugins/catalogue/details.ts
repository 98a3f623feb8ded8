import type { Sql } from '../../core/database/sql.ts';

export interface Credit {
  readonly id: number;
  readonly name: string;
  readonly job: 'director' | 'cast';
  readonly role: string | null;
}
/** What a film's own page knows beyond its card. */
export interface FilmDetails {
  readonly country: string;
  readonly plot: string;
  readonly ratings: number;
  /** stars; null when nobody rated it */
  readonly mean: number | null;
  readonly credits: readonly Credit[];
  /** those that say most about it */
  readonly keywords: readonly { readonly name: string; readonly slug: string }[];
}

/** One statement for a film's page; undefined when there is no such film or viewers may not see it. */
export const filmDetails = (sql: Sql, id: number): Promise<FilmDetails | undefined> =>
  sql.one<FilmDetails>(
    `select f.country, f.plot, f.rating_count as ratings, (f.rating_sum / nullif(f.rating_count, 0))::float8 as mean,
     (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'job', c.job, 'role', c.role) order by c.job, c.ord), '[]')
      from credit c join person p on p.id = c.person where c.film = f.id) as credits,
     (select coalesce(json_agg(json_build_object('name', k.name, 'slug', k.slug) order by fk.ord), '[]')
      from film_keyword fk join keyword k on k.id = fk.keyword where fk.film = f.id and fk.ord <= 8 and k.slug <> '') as keywords
   from film f where f.id = $1 and not f.hidden`,
    [id],
  );

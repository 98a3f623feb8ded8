import type { Sql } from '../../core/database/sql.ts';

/** From here on a name is what was meant, see `match_score` in the migrations. */
export const surely = 0.6;

/** Where a title holds what was typed, names that only resemble it were not meant. */
export const meantPeople = (people: readonly FoundPerson[], text: string, best: string | undefined): readonly FoundPerson[] =>
  best?.toLowerCase().includes(text.toLowerCase()) ? people.filter(({ score }) => score >= surely) : people;

export interface FoundTheme {
  readonly name: string;
  readonly slug: string;
  readonly score: number;
  /** how many films viewers can see of it */
  readonly films: number;
}

/** Keywords that match, best first; those that share a page are one. */
export const searchKeywords = (sql: Sql, text: string, limit: number): Promise<FoundTheme[]> =>
  sql.rows<FoundTheme>(
    `select min(k.name) as name, k.slug, max(k.score) as score, count(distinct f.id)::integer as films
      from (select * from find_keywords(plain_text($1)) order by score desc, id limit 20) k
      join film_keyword fk on fk.keyword = k.id join film f on f.id = fk.film and not f.hidden
      group by k.slug order by max(k.score) desc, count(distinct f.id) desc, k.slug limit $2`,
    [text, limit],
  );

export interface FoundPerson {
  readonly id: number;
  readonly name: string;
  readonly score: number;
  readonly films: number;
}

/** People whose names match, best first, with how many films they have here. */
export const searchPeople = (sql: Sql, text: string, limit: number): Promise<FoundPerson[]> =>
  sql.rows<FoundPerson>(
    `select p.id, p.name, p.score, n.films from (select * from find_people(plain_text($1)) order by score desc, id limit 20) p,
     lateral (select count(distinct c.film)::integer as films from credit c join film f on f.id = c.film and not f.hidden where c.person = p.id) n
   where n.films > 0 order by p.score desc, n.films desc, p.id limit $2`,
    [text, limit],
  );

export type Job = 'director' | 'cast';
export interface Work {
  readonly film: number;
  readonly job: Job;
  /** whom somebody of the cast plays, where it is known */
  readonly role: string | null;
}

/** Everything that a person did, hidden films left out; once a film and job. */
export const worksOf = (sql: Sql, person: number): Promise<Work[]> =>
  sql.rows<Work>(
    `select c.film, c.job, string_agg(c.role, ', ' order by c.ord) as role
      from credit c join film f on f.id = c.film and not f.hidden where c.person = $1 group by c.film, c.job order by c.film, c.job desc`,
    [person],
  );

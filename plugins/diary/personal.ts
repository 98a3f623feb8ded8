import type { PersonalData } from '../../core/personal-data.ts';

/** The days on which films were watched. */
export const personalData: PersonalData = {
  export: async (sql, { unit }) => ({
    diary: await sql.rows(
      `select f.title, f.year, f.imdb_id, to_char(e.watched_on, 'YYYY-MM-DD') as watched_on, e.rewatch
        from diary_entry e join film f on f.id = e.film where e.unit = $1 order by e.watched_on, e.id`,
      [unit],
    ),
  }),
  brings: ['diary'],
  async bring(tx, { unit }, films) {
    const noted = films.filter(({ watchedOn }) => watchedOn !== undefined);
    const added = await tx.rows(
      `insert into diary_entry (unit, film, watched_on, rewatch, noted_at)
      select $1::integer, film, day, bool_or(rewatch), max(at)
      from unnest($2::integer[], $3::date[], $4::boolean[], $5::timestamptz[]) as d (film, day, rewatch, at) group by film, day
      on conflict (unit, film, watched_on) do nothing returning id`,
      [
        unit,
        noted.map(({ film }) => film),
        noted.map(({ watchedOn }) => watchedOn),
        noted.map(({ rewatch }) => rewatch ?? false),
        noted.map(({ at }) => at),
      ],
    );
    return { diary: added.length };
  },
  async erase(tx, { unit }) {
    await tx.rows('delete from diary_entry where unit = $1', [unit]);
  },
};

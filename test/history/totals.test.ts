import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { seeded } from '../../math/random.ts';
import { bootSite, type Site } from './site.ts';

describe('the totals that films carry', () => {
  let site: Site, units: number[];
  beforeAll(async () => {
    site = await bootSite(300);
    units = await site.units(6);
  });
  afterAll(() => site.stop());

  const wrong = () =>
    site.sql.rows(`select f.id, rating_count, rating_sum from film f
    left join (select film, count(*) as n, sum(stars) as stars from rating group by film) r on r.film = f.id
    where rating_count <> coalesce(n, 0) or rating_sum <> coalesce(r.stars, 0)`);

  test('equal a recount after every one of many random statements', async () => {
    const random = seeded(11),
      few = site.films.slice(0, 12),
      pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const some = () =>
      Array.from({ length: 1 + Math.floor(random() * 8) }, () => ({
        unit: pick(units),
        film: pick(few),
        stars: (1 + Math.floor(random() * 10)) / 2,
      }));
    const statements = [
      (rows: ReturnType<typeof some>) => [
        `insert into rating (unit, film, stars, rated_at)
        select distinct on (unit, film) unit, film, stars, now() from json_to_recordset($1) as r(unit integer, film integer, stars real)
        on conflict (unit, film) do update set stars = excluded.stars`,
        [JSON.stringify(rows)],
      ],
      (rows: ReturnType<typeof some>) => ['update rating set stars = 5.5 - stars where unit = $1 or film = $2', [rows[0]!.unit, rows[0]!.film]],
      (rows: ReturnType<typeof some>) => ['delete from rating where unit = $1 and film <= $2', [rows[0]!.unit, rows[0]!.film]],
      (rows: ReturnType<typeof some>) => [
        `update rating r set film = $2 where film = $1 and not exists (select from rating o where o.unit = r.unit and o.film = $2)`,
        [rows[0]!.film, pick(few)],
      ],
    ] as const;
    for (let i = 0; i < 120; i++) {
      const [statement, bind] = statements[i % 3 === 0 ? 0 : Math.floor(random() * 4)]!(some()) as [string, unknown[]];
      await site.sql.rows(statement, bind);
      expect(await wrong()).toEqual([]);
    }
    expect((await site.sql.one<{ n: number }>('select count(*)::integer as n from rating'))!.n).toBeGreaterThan(5);
  });

  test('follow COPY, TRUNCATE and a roll-back', async () => {
    await site.sql.rows('truncate rating');
    expect(await wrong()).toEqual([]);
    const client = new pg.Client({ connectionString: site.databaseUrl });
    await client.connect();
    const lines = units.flatMap((unit) => site.films.map((film, i) => `${unit}\t${film}\t${((i % 10) + 1) / 2}\t2024-01-01\n`));
    await pipeline(Readable.from(lines), client.query(copyFrom('copy rating (unit, film, stars, rated_at) from stdin')));
    await client.end();
    expect(await wrong()).toEqual([]);
    expect(await site.sql.one('select rating_count as n from film where id = $1', [site.films[0]])).toEqual({ n: units.length });
    await expect(
      site.sql.transaction(async (tx) => {
        await tx.rows('delete from rating');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await wrong()).toEqual([]);
  });

  test('stay right, and nobody waits in a circle, when connections rate and take back many films at once', async () => {
    await site.sql.rows('truncate rating');
    const many = await site.units(60);
    await Promise.all(
      many.map(async (unit, i) => {
        await site.sql.rows(
          `insert into rating (unit, film, stars, rated_at) select $1::integer, id, 4, now() from film order by md5(id || '-' || $1::integer) limit $2`,
          [unit, 20 + i],
        );
        await site.sql.rows('delete from rating where unit = $1 and (film + unit) % 3 = 0', [unit]);
      }),
    );
    expect(await wrong()).toEqual([]);
  });

  test.each([0, 5.5, 3.3, -1, 0.25, 'NaN', 'Infinity'])('and the database itself refuses %s stars', async (stars) => {
    await expect(
      site.sql.rows('insert into rating (unit, film, stars, rated_at) values ($1, $2, $3::real, now())', [units[0], site.films[0], stars]),
    ).rejects.toThrow('rating_stars_check');
  });
});

import { operator } from './fixture/console.ts';
import type { Site } from './fixture/site.ts';

const films = '/admin/api/resources/film';

export function addingFilms(site: Site): void {
  describe('adding films', () => {
    test('a film comes with its lists, and each change is audited and told', async () => {
      await site.bench.sql.rows(`insert into genre (name) values ('Drama')`);
      const fields = { title: 'Ran', year: '1985', genres: 'Drama', directors: 'Akira Kurosawa', cast: 'Tatsuya Nakadai as Hidetora\nMieko Harada' };
      const { body } = await site.manager.form(`${films}/actions/new`, fields);
      expect(body).toMatchObject({ notice: { type: 'success' } });
      const { id, updated_at: seen } = body.record.params as { id: number; updated_at: string };
      expect(site.bench.told).toEqual([`catalogue ${id}`]);
      expect((await site.trail()).at(-1)).toMatchObject({
        operator,
        action: 'film.create',
        after: { cast: ['Tatsuya Nakadai as Hidetora', 'Mieko Harada'] },
      });
      await site.manager.form(`${films}/records/${id}/edit`, { cast: 'Mieko Harada as Lady Kaede', updated_at: seen });
      expect((await site.trail()).at(-1)).toMatchObject({ action: 'film.update', after: { cast: ['Mieko Harada as Lady Kaede'] } });
      const late = await site.manager.form(`${films}/records/${id}/edit`, { cast: 'Nobody', updated_at: seen });
      expect(late.body.notice.message).toContain('Somebody else');
    });

    test('a genre that is not there is named, and nothing is kept', async () => {
      const { body } = await site.manager.form(`${films}/actions/new`, { title: 'Hana-bi', genres: 'Yakuza' });
      expect(body.notice.message).toBe('There is no genre "Yakuza": make it under Genres first.');
      expect(await site.bench.sql.rows(`select from film where title = 'Hana-bi'`)).toEqual([]);
    });
  });
}

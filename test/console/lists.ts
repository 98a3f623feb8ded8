import { api, type Site } from './fixture/site.ts';

export function readingLists(site: Site): void {
  describe('reading lists', () => {
    test.each([
      'sortBy=secret',
      'sortBy=name;drop',
      'direction=up',
      'filters.secret=hush',
      'filters.size=abc',
      'filters.name=a%00b',
      'page=-1',
      'perPage=NaN',
      'sortBy=id&sortBy=name',
      'filters.facts=x',
    ])('%s is refused without SQL', async (query) => {
      const { status, body } = await site.manager.get(`${api}/actions/list?${query}`);
      expect([status, body.error.code]).toEqual([400, 'BAD_REQUEST']);
      expect(JSON.stringify(body)).not.toMatch(/select|column .* does not exist|at /i);
    });

    test('a page holds at most a hundred', async () => {
      await site.bench.sql.rows(`insert into gadget (name) select 'many ' || n from generate_series(1, 150) n`);
      const { body } = await site.manager.get(`${api}/actions/list?perPage=1000000`);
      expect(body.records).toHaveLength(100);
      expect((await site.manager.get(`${api}/actions/search?perPage=1000000`)).body.records).toHaveLength(100);
    });

    test('filters find text anywhere, wildcards stand for themselves', async () => {
      const found = async (query: string) =>
        ((await site.manager.get(`${api}/actions/list?${query}`)).body.records as { title: string }[]).map(({ title }) => title);
      expect(await found('filters.name=LAM')).toEqual(['lamp']);
      expect(await found('filters.name=%25')).toEqual([]);
      expect(await found('filters.colour=red&sortBy=name&direction=asc')).toEqual(['clock', 'lamp']);
    });

    test.each([
      ['abc', 404],
      ['-1', 404],
      ['0', 404],
      ['2147483648', 404],
      ['99', 404],
      ['1%00', 400],
      ['%ff', 400],
    ])('record %s: %d', async (id, status) => {
      expect((await site.manager.get(`${api}/records/${id}/show`)).status).toBe(status);
    });
  });
}

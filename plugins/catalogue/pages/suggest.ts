import { Router } from 'express';
import { meantPeople, searchKeywords, searchPeople } from '../browse.ts';
import type { Parts } from '../parts.ts';
import { parameter, typed } from '../query.ts';
import { searchFilms } from '../search.ts';

/** One thing that may have been meant, and where it is. */
interface Suggestion {
  readonly kind: 'film' | 'person' | 'genre' | 'keyword';
  readonly title: string;
  /** a film's year, or how many films there are of it */
  readonly detail: number | null;
  readonly href: string;
}
const fewestLetters = 2;

/** `/search/suggest?q=`: what may be meant by what is typed so far, as JSON; for a browser it is the search itself. */
export const suggestRoute = (parts: Parts): Router =>
  Router().get('/search/suggest', async (request, response) => {
    const text = typed(parameter(request, 'q'));
    if (request.accepts(['html', 'json']) !== 'json') return response.redirect(303, `/search?q=${encodeURIComponent(text)}`);
    response.setHeader('cache-control', 'private, max-age=60');
    response.json({ suggestions: text.length < fewestLetters ? [] : await suggestions(parts, text) });
  });

async function suggestions(parts: Parts, text: string): Promise<Suggestion[]> {
  const { sql, index } = parts;
  const [films, people, keywords] = await Promise.all([
    searchFilms(parts, text, { page: 1, size: 5 }),
    searchPeople(sql, text, 3),
    searchKeywords(sql, text, 2),
  ]);
  const begins = text.toLowerCase(),
    genres = index.current().genres.filter(({ name }) => name.toLowerCase().startsWith(begins));
  return [
    ...genres.slice(0, 2).map(({ name, slug, films: detail }): Suggestion => ({ kind: 'genre', title: name, detail, href: `/genre/${slug}` })),
    ...index.visible(films.ids).map(({ title, year, href }): Suggestion => ({ kind: 'film', title, detail: year, href })),
    ...meantPeople(people, text, index.visible(films.ids)[0]?.title).map(({ id, name, films: detail }): Suggestion => ({
      kind: 'person',
      title: name,
      detail,
      href: `/person/${id}`,
    })),
    ...keywords.map(({ name, slug, films: detail }): Suggestion => ({ kind: 'keyword', title: name, detail, href: `/keyword/${slug}` })),
  ];
}

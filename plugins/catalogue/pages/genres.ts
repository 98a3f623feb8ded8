import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import type { KnownGenre, KnownKeyword } from '../load.ts';
import type { Parts } from '../parts.ts';
import { allOf, ofGenre, ofKeywords } from '../selections.ts';
import { subGenresOf } from '../sub-genres.ts';
import { sendSelected } from './selected.ts';
import { tilesOf } from './tiles.ts';

const all = { title: 'Genres', href: '/genres' };

/** `/genres`, `/genre/:slug`, `/genre/:slug/:keyword` and `/keyword/:slug`. */
export function genrePages(parts: Parts): Router {
  const { pages, index } = parts,
    router = Router();
  router.get('/genres', async (request, response) => {
    const tiles = index.current().genres.map(({ name, slug, films }) => ({ name, films, href: `/genre/${slug}`, some: ofGenre(name) }));
    await pages.send(request, response, 'catalogue/genres', { tiles: tilesOf(parts, tiles) }, { slots: { 'browse.tabs': [0] } });
  });
  router.get('/genre/:slug', async (request, response) => {
    const { name, slug } = genreOf(parts, request.params.slug),
      some = ofGenre(name);
    const narrower = subGenresOf(index.current(), some).map((keyword) => ({
      title: keyword.name,
      films: keyword.films,
      href: `/genre/${slug}/${keyword.slug}`,
    }));
    await sendSelected(parts, request, response, { heading: name, above: [all], surface: 'genre', some, narrower });
  });
  router.get('/genre/:slug/:keyword', async (request, response) => {
    const { name, slug } = genreOf(parts, request.params.slug),
      keywords = keywordsOf(parts, request.params.keyword);
    await sendSelected(parts, request, response, {
      heading: `${name}: ${keywords[0].name}`,
      above: [all, { title: name, href: `/genre/${slug}` }],
      surface: 'genre.keyword',
      some: allOf(ofGenre(name), ofKeywords(keywords)),
    });
  });
  router.get('/keyword/:slug', async (request, response) => {
    const keywords = keywordsOf(parts, request.params.slug);
    await sendSelected(parts, request, response, { heading: keywords[0].name, above: [all], surface: 'keyword', some: ofKeywords(keywords) });
  });
  return router;
}

function genreOf({ index }: Parts, slug: string): KnownGenre {
  const genre = index.current().genres.find((one) => one.slug === slug);
  if (!genre) throw notFound('genre');
  return genre;
}

function keywordsOf({ index }: Parts, slug: string): readonly [KnownKeyword, ...KnownKeyword[]] {
  const [first, ...more] = index.current().keywords.filter((keyword) => keyword.slug === slug);
  if (!first) throw notFound('keyword');
  return [first, ...more];
}

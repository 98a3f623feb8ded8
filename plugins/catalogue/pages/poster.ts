import { Router } from 'express';
import { notFound } from '../../../core/errors.ts';
import { idFrom } from '../../../core/http/form.ts';
import type { CatalogueIndex } from '../catalogue-index.ts';
import { poster } from '../poster/index.ts';

const year = 'public, max-age=31536000, immutable',
  hour = 'public, max-age=3600';

/** `/poster/:id.svg`, drawn from memory. The address of a card names the version, so a browser asks once; Express adds the ETag. */
export const posterRoute = (index: CatalogueIndex): Router =>
  Router().get('/poster/:id.svg', (request, response) => {
    const film = index.film(idFrom(request.params.id, 'poster'));
    if (!film || film.hidden) throw notFound('poster');
    response.setHeader('cache-control', film.poster === request.originalUrl ? year : hour);
    response.type('image/svg+xml').send(poster(film));
  });

import { Router } from 'express';
import type { Parts } from '../parts.ts';

/** `/about`: where films and ratings come from, and what is remembered of a viewer. */
export const aboutPage = ({ pages }: Parts): Router =>
  Router().get('/about', (request, response) => pages.send(request, response, 'catalogue/about', {}));

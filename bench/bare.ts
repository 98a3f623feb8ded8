import express, { type Express } from 'express';
import Handlebars from 'handlebars';
import pg from 'pg';

const page = Handlebars.compile(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Films</title></head>
<body><h1>Films</h1><ul>{{#each films}}<li><a href="/film/{{id}}">{{title}}</a> {{year}}</li>{{/each}}</ul></body></html>`);

/** What every page of this kind costs at least: Express, Handlebars and one query for 24 films. */
export function barePage(databaseUrl: string): Express {
  const pool = new pg.Pool({ connectionString: databaseUrl });
  return express().get('/', async (_request, response) => {
    const { rows } = await pool.query('select id, title, year from film where not hidden order by title, year limit 24');
    response.type('html').send(page({ films: rows }));
  });
}

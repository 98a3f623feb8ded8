-- A film's page shows how its ratings are spread; without this each one would be looked for by its viewer.
create index rating_film on rating (film, stars);

-- In an interleaved list, the arm that picked each film.
alter table served_list add teams text[] check (cardinality(teams) = cardinality(films));

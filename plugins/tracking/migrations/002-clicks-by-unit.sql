-- What a viewer clicked on is read for every page of recommendations.
create index click_unit on click (unit) include (film);

-- The language of an account's pages; without one it is the browser's.
alter table account add column language text check (language ~ '^[a-z]{2}$');

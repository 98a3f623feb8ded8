-- Letters that no mail server took also wait here: what it said, how often it was asked, and when it is asked again. Never, where it
-- refused the letter or the site has no server: then an operator decides.
alter table unsent_letter
  add column problem text not null default '' check (length(problem) <= 500),
  add column tries integer not null default 0 check (tries >= 0),
  add column next_try timestamptz;
create index unsent_letter_due on unsent_letter (next_try) where next_try is not null;

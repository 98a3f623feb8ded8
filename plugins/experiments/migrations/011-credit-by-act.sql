-- Successes are credited by kind as well, and dismissals: guardrails and decisions of an interleaving ask for each of them.
alter table experiment_credit drop constraint experiment_credit_what_check,
  add constraint experiment_credit_what_check check (what in ('clicks', 'successes', 'rating', 'watchlist', 'watched', 'dismissals'));
insert into experiment_waiting (experiment, unit)
  select u.experiment, u.unit from experiment_unit u join experiment e on e.id = u.experiment where e.kind = 'interleaving'
  on conflict do nothing;

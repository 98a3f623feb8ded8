-- Sums over viewers of what they were credited with, by step: a look at an interleaving need not add up the credit of each of them.
-- In decimals and whole numbers, so that what is taken away again leaves exactly what was there before.
create table experiment_credit_sum (
  experiment integer not null references experiment on delete cascade,
  phase integer not null,
  what text not null,
  at timestamptz not null,
  -- so many rows of credit are in it
  terms integer not null,
  -- viewers with more acts on films of one arm than of the other by the end of the step, less those by its beginning
  wins_a integer not null,
  wins_b integer not null,
  -- of (a - b) / (a + b) and of its square, by the end less by the beginning
  sum numeric not null,
  squares numeric not null,
  a bigint not null,
  b bigint not null,
  aa numeric not null,
  ab numeric not null,
  bb numeric not null,
  primary key (experiment, phase, what, at)
);

-- All credit of a unit comes and goes in one statement, so that a statement's rows tell what a unit's sums grew by.
create function sum_credit() returns trigger language plpgsql as $$
declare sign integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  insert into experiment_credit_sum as known (experiment, phase, what, at, terms, wins_a, wins_b, sum, squares, a, b, aa, ab, bb)
  select experiment, phase, what, at, sign * count(*), sign * (sum((a1 > b1)::integer) - sum((a0 > b0)::integer)),
    sign * (sum((b1 > a1)::integer) - sum((b0 > a0)::integer)), sign * sum(d1 - d0), sign * sum(d1 * d1 - d0 * d0), sign * sum(a), sign * sum(b),
    sign * sum(a1 * a1 - a0 * a0), sign * sum(a1 * b1 - a0 * b0), sign * sum(b1 * b1 - b0 * b0)
  from (
    select experiment, phase, what, at, a, b, sum(a) over sofar as a1, sum(b) over sofar as b1, sum(a) over sofar - a as a0, sum(b) over sofar - b as b0
    from changed where experiment not in (select experiment from experiment_kept)
    window sofar as (partition by experiment, phase, unit, what order by at)
  ) c, lateral (select coalesce((a1 - b1)::numeric / nullif(a1 + b1, 0), 0) as d1, coalesce((a0 - b0)::numeric / nullif(a0 + b0, 0), 0) as d0) d
  group by experiment, phase, what, at
  on conflict (experiment, phase, what, at) do update set terms = known.terms + excluded.terms, wins_a = known.wins_a + excluded.wins_a,
    wins_b = known.wins_b + excluded.wins_b, sum = known.sum + excluded.sum, squares = known.squares + excluded.squares, a = known.a + excluded.a,
    b = known.b + excluded.b, aa = known.aa + excluded.aa, ab = known.ab + excluded.ab, bb = known.bb + excluded.bb;
  if sign < 0 then
    delete from experiment_credit_sum where terms = 0 and (experiment, phase) in (select experiment, phase from changed);
  end if;
  return null;
end $$;

-- What is there already comes in by the same way.
create temporary table before on commit drop as select * from experiment_credit;
delete from experiment_credit;
create trigger experiment_credit_added after insert on experiment_credit referencing new table as changed for each statement execute function sum_credit();
create trigger experiment_credit_taken after delete on experiment_credit referencing old table as changed for each statement execute function sum_credit();
insert into experiment_credit select * from before;

-- Each of the many values looked up its metric, which is never deleted.
alter table experiment_value drop constraint experiment_value_metric_fkey;

-- As before, but of one expression each, which the server puts into the statement instead of calling it for each row.
create function experiment_five_digits(x double precision) returns double precision language sql immutable parallel safe as $$
  select round(x::numeric, 4 - floor(log(abs(x)))::integer)::double precision
$$;
create or replace function experiment_total(kind text, m double precision, d double precision) returns double precision language sql immutable parallel safe as $$
  select experiment_five_digits(case when m = 0 then null when kind <> 'quantile' then case when m > 0 then m end when d > 0 then m / d else m end)
$$;
-- Most values are zero or have none before them, and it takes long to write a number as a decimal.
create function experiment_exact(x double precision) returns numeric language sql immutable parallel safe as $$
  select case when x = 0 then 0::numeric else x::numeric end
$$;
create or replace function experiment_growth(boolean, double precision, double precision, double precision, double precision,
  double precision, double precision, double precision)
returns table (m numeric, d numeric, a numeric, b numeric, mm numeric, md numeric, ma numeric, mb numeric, dd numeric, da numeric,
  db numeric, aa numeric, ab numeric, bb numeric) language sql immutable parallel safe as $$
  select c.m, c.d, x.a, x.b, c.m * (c.m + 2 * c.m0), c.m * (c.d0 + c.d) + c.m0 * c.d, c.m * c.a, c.m * c.b,
    c.d * (c.d + 2 * c.d0), c.d * c.a, c.d * c.b, x.a * x.a, x.a * x.b, x.b * x.b
  from (select experiment_exact(least($4 + $2, $8) - least($4, $8)) as m, experiment_exact($3) as d, experiment_exact(least($4, $8)) as m0,
      experiment_exact($5) as d0, experiment_exact(least($6, $8)) as a, experiment_exact($7) as b offset 0) c,
    lateral (select case when $1 then c.a else 0 end as a, case when $1 then c.b else 0 end as b) x
$$;

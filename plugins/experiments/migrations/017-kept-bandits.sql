-- Of a bandit that ended long ago: the sums over the viewers who came while its shares stayed the same.
alter table experiment_kept add cohorts jsonb not null default '[]' check (jsonb_typeof(cohorts) = 'array');

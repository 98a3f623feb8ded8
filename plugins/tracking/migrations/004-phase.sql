-- An experiment may begin anew with other arms: its results count the lists of one phase.
alter table list_assignment add phase smallint not null default 1 check (phase >= 1);

-- The version that an operator last put in service by hand: the gate compares challengers with none before it.
alter table model_active add column standard integer not null default 1;
update model_active a set standard = m.version from model m where m.id = a.model and m.refused;

-- A form that is sent twice makes one draft: each form has a key of its own.
alter table experiment add column sent uuid unique;

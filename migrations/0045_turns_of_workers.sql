-- Which taking of a long piece of work this is: who took it before, and comes back, neither ends nor fails what a later one does.
alter table bulk_adjustment add column turn integer not null default 0;
alter table import_file add column turn integer not null default 0;
alter table simulation add column turn integer not null default 0;
alter table export_file add column turn integer not null default 0;

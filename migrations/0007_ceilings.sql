-- What was granted under each promotion's ceiling, all members together. Its row is locked while parts are granted, so that
-- members who earn at once never get more than there is. What an order has of it stands in order_state.grants:
-- by promotion the part, and the whole gain that it was last granted for.
create table ceiling (
  program_id bigint not null,
  promotion text not null,
  granted bigint not null default 0 check (granted >= 0),
  primary key (program_id, promotion)
);

alter table ceiling enable row level security;
alter table ceiling force row level security;
create policy of_programs on ceiling using (program_id = any ((select tallymark_programs())::bigint[]));

-- First come is the order in which orders first arrived paid; noted for programs with ceilings.
create sequence order_paid_arrival;
alter table order_state add column paid_arrival bigint;

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on ceiling to tallymark_app;
    grant usage on sequence order_paid_arrival to tallymark_app;
  end if;
end $$;

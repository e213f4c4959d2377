-- What rules may ask of a product: no platform's order says its lines' categories and tags. Kept for stores of programs
-- whose rules ask. A product that the platform does not know has a row without any, as old as can be.
create table product_state (
  program_id bigint not null,
  store_id bigint not null,
  product text not null,
  categories text[] not null,
  tags text[] not null,
  version timestamptz not null,
  primary key (program_id, store_id, product)
);

alter table product_state enable row level security;
alter table product_state force row level security;
create policy of_programs on product_state using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on product_state to tallymark_app;
  end if;
end $$;

-- What rules may ask of whoever orders: WooCommerce tells a customer's role, Shopify their tags, and neither tells it with
-- the order. Kept for stores of programs whose rules ask. A customer whom the platform does not know has a row without any.
create table customer_state (
  program_id bigint not null,
  store_id bigint not null,
  customer text not null,
  roles text[] not null,
  tags text[] not null,
  version timestamptz not null,
  primary key (program_id, store_id, customer)
);

alter table customer_state enable row level security;
alter table customer_state force row level security;
create policy of_programs on customer_state using (program_id = any ((select tallymark_programs())::bigint[]));

-- Sold at less than its regular price.
alter table product_state add column on_sale boolean not null default false;

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on customer_state to tallymark_app;
  end if;
end $$;

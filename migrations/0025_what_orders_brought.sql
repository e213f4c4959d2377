-- What an order brought, for reports: what was paid for its products with tax and after discounts, less what was given back, in the
-- minor units of its own money. Null = it was a test, was never paid, or was cancelled: it is no sale. Gift cards are sold again when
-- they are used, so they are not counted; nor are shipping, tips and fees.
create function order_brought(s jsonb) returns bigint
language sql immutable parallel safe as $$
  select case when s -> 'paid' <> 'null' and s -> 'cancelled' = 'null' and s -> 'test' = 'false' then greatest(0,
    (select coalesce(sum((l ->> 'net')::bigint + (l ->> 'tax')::bigint), 0)
      from jsonb_array_elements(s -> 'lines') l where l ->> 'kind' = 'product')
    - case when jsonb_array_length(s -> 'refunds') = 0 then 0 else (
      select coalesce(sum((r ->> 'amount')::bigint + (
        select coalesce(sum((b ->> 'net')::bigint + (b ->> 'tax')::bigint), 0) from jsonb_array_elements(r -> 'lines') b
        where exists (select from jsonb_array_elements(s -> 'lines') l where l -> 'id' = b -> 'line' and l ->> 'kind' = 'product')
      )), 0) from jsonb_array_elements(s -> 'refunds') r where r -> 'failed' = 'null') end)::bigint end
$$;

-- "EUR2": amounts of other money, or with other decimals, are not added to it.
alter table order_state
  add column brought bigint generated always as (order_brought(snapshot)) stored,
  add column brought_in text generated always as ((snapshot -> 'money' ->> 'code') || (snapshot -> 'money' ->> 'exponent')) stored;

-- Who joined when, without reading all members of a program.
create index member_joined on member (program_id, joined_at);

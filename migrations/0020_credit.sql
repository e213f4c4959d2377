-- When points became money in the platform's own purse of the customer (store credit): from then on they are used. Null = not, or
-- not of that kind. What the platform calls it stands in code_ref.
alter table redemption add column given_at timestamptz;

-- What the shop calls a product and its categories (by the spelling that rules use), for showing. Null = the platform has not said
-- since names are kept.
alter table product_state
  add column title text,
  add column category_names jsonb not null default '{}';

-- What members are found by at the desk: keyed hashes of the beginnings of their names' words and of the endings of their phone
-- numbers. Names are sealed, and row-level security lets no index look into what is not leakproof: equality of bigints is. Whoever
-- is erased is found no more: the rows go with what is known of the person.
create table member_word (
  program_id bigint not null,
  member_id bigint not null,
  token bigint not null,
  primary key (program_id, token, member_id),
  foreign key (program_id, member_id) references member_pii (program_id, member_id) on delete cascade
);
create index member_word_member on member_word (program_id, member_id);

-- What the shop calls an order ("1001" of "#1001"), to be found by.
alter table order_state add column number text generated always as (ltrim(snapshot ->> 'name', '#')) stored;
create index order_state_number on order_state (program_id, number) where number is not null;

-- Since when somebody may use no points; they go on earning.
alter table member add column blocked_at timestamptz;

alter table member_word enable row level security;
alter table member_word force row level security;
create policy of_programs on member_word using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, delete on member_word to tallymark_app;
  end if;
end $$;

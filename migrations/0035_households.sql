-- Members who share the account of one of them, the head: what they earn from one instant until another is the head's.
create table household_member (
  program_id bigint not null,
  member_id bigint not null,
  head_id bigint not null,
  from_at timestamptz not null,
  -- null = still
  until_at timestamptz,
  primary key (program_id, member_id, from_at),
  foreign key (program_id, member_id) references member,
  foreign key (program_id, head_id) references member,
  check (member_id <> head_id),
  check (until_at >= from_at)
);
create unique index household_one_at_a_time on household_member (program_id, member_id) where until_at is null;
create index household_head on household_member (program_id, head_id);

-- Members who ever shared a household, or were merged with somebody who did, have one number: they are locked and settled together.
alter table member add column kin bigint;
create index member_kin on member (program_id, kin) where kin is not null;

alter table household_member enable row level security;
alter table household_member force row level security;
create policy of_programs on household_member using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on household_member to tallymark_app;
  end if;
end $$;

-- Two rewards held against each other: chance decides which of them a member is offered.
create table reward_trial (
  program_id bigint not null references program (id),
  id uuid not null default uuidv7(),
  name text not null,
  one text not null,
  other text not null check (other <> one),
  -- what decides, chosen before anything was seen
  measure text not null check (measure in ('taken', 'bought', 'brought')),
  -- with the member's number it decides the side (src/loyalty/trials.ts); nobody outside can tell which
  salt text not null,
  began_at timestamptz not null,
  ends_at timestamptz not null,
  -- from then on everybody is offered both again
  closed_at timestamptz,
  begun_by text not null,
  primary key (program_id, id)
);

alter table reward_trial enable row level security;
alter table reward_trial force row level security;
create policy of_programs on reward_trial using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on reward_trial to tallymark_app;
  end if;
end $$;

-- The people of a shop who work with its program, and how they are known: by a link in a mail, once, or by the shop's own
-- admin (Shopify). No password is kept; of links and sessions only hashes.
create table staff (
  program_id bigint not null references program,
  id bigint generated always as identity,
  -- lower case; null for who came in through the shop's admin and gave none
  email text,
  -- who they are in the shop's own admin
  platform_user text,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'support', 'till', 'read-only')),
  locale text not null default 'en',
  added_at timestamptz not null default now(),
  removed_at timestamptz,
  primary key (program_id, id),
  unique (program_id, email),
  unique (program_id, platform_user),
  check (email is not null or platform_user is not null)
);
-- by mailbox over all programs: which desks a mailbox opens
create index staff_email on staff (email) where removed_at is null;

create table sign_in_link (
  program_id bigint not null,
  hash bytea not null,
  staff_id bigint not null,
  ends_at timestamptz not null,
  used_at timestamptz,
  primary key (program_id, hash),
  foreign key (program_id, staff_id) references staff
);

create table desk_session (
  program_id bigint not null,
  hash bytea not null,
  staff_id bigint not null,
  began_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (program_id, hash),
  foreign key (program_id, staff_id) references staff
);
create index desk_session_staff on desk_session (program_id, staff_id);

do $$
declare
  t text;
begin
  foreach t in array array['staff', 'sign_in_link', 'desk_session'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
end $$;
create policy of_intake on staff for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on staff to tallymark_app;
    grant select, insert, update, delete on sign_in_link, desk_session to tallymark_app;
    grant select (program_id, id, email, removed_at) on staff to tallymark_intake;
  end if;
end $$;

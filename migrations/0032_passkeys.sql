-- The keys with which people of the staff sign in by their device instead of a mail: of each only its public half.
create table passkey (
  program_id bigint not null,
  id uuid not null default gen_random_uuid(),
  staff_id bigint not null,
  -- the authenticator's own name for it
  credential bytea not null,
  -- the host for which the browser made it: it signs for no other
  host text not null,
  -- SubjectPublicKeyInfo, DER
  public_key bytea not null,
  name text not null,
  -- what the authenticator has counted; 0 = it does not count
  counter bigint not null,
  added_at timestamptz not null,
  used_at timestamptz,
  -- when the challenge was made that it signed last: no challenge is signed twice
  challenged_at timestamptz not null,
  primary key (program_id, id),
  unique (program_id, credential),
  foreign key (program_id, staff_id) references staff
);
create index passkey_staff on passkey (program_id, staff_id);
alter table passkey enable row level security;
alter table passkey force row level security;
create policy of_programs on passkey using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on passkey to tallymark_app;
  end if;
end $$;

-- Keys with which an owner's own software calls the API. Of each only a hash is kept; which program it is for stands in the
-- key's text, so that it is looked for in the scope of that program alone.
create table api_key (
  program_id bigint not null references program,
  id bigint generated always as identity,
  name text not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (program_id, id),
  unique (program_id, hash)
);

-- A program as it would be: at most one that is worked on, a whole program file in canonical form.
create table draft (
  program_id bigint primary key references program,
  file jsonb not null,
  -- of the canonical form: whoever replaces the draft says by it what they saw
  hash text not null,
  -- the published version that it was begun from
  base_version int not null,
  updated_by text not null,
  updated_at timestamptz not null default now()
);

-- What a version has beside its rules: the program's name, names in all languages, examples.
alter table rule_set add column about jsonb not null default '{}';

alter table api_key enable row level security;
alter table api_key force row level security;
create policy of_programs on api_key using (program_id = any ((select tallymark_programs())::bigint[]));
alter table draft enable row level security;
alter table draft force row level security;
create policy of_programs on draft using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on api_key to tallymark_app;
    grant select, insert, update, delete on draft to tallymark_app;
  end if;
end $$;

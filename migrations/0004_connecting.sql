-- An owner who is on the way to their store's consent page and back. Belongs to no program yet; gone after a day.
create table connection (
  id text primary key,
  platform text not null,
  url text not null,
  made_at timestamptz not null,
  -- the owner asked that the orders of the last 60 days count, for whoever joins
  award_history boolean not null default false,
  -- null = waiting
  outcome text check (outcome in ('connected', 'refused'))
);

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on connection to tallymark_app;
    -- what somebody wrote when they agreed may name them: it is blanked when they are erased
    grant update (text, source) on consent to tallymark_app;
  end if;
end $$;

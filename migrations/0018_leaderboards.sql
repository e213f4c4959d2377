-- Who agreed to be shown on leaderboards, under the name that they chose. No row = not shown: leaving takes the row away, and the
-- person's erasure too.
create table shown_name (
  program_id bigint not null,
  member_id bigint not null,
  name text not null,
  agreed_at timestamptz not null,
  primary key (program_id, member_id)
);
-- nobody is shown under another's name
create unique index shown_name_once on shown_name (program_id, lower(name));

-- Periods whose places were given, each once. Who had them is in activity (kind place).
create table leaderboard_end (
  program_id bigint not null,
  board text not null,
  -- the local date of its first day
  period text not null,
  ended_at timestamptz not null,
  primary key (program_id, board, period)
);

alter table shown_name enable row level security;
alter table shown_name force row level security;
create policy of_programs on shown_name using (program_id = any ((select tallymark_programs())::bigint[]));
-- which programs have somebody to show; who that is is seen under the program's own scope
create policy of_intake on shown_name for select using ((select tallymark_is_intake()));
alter table leaderboard_end enable row level security;
alter table leaderboard_end force row level security;
create policy of_programs on leaderboard_end using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on shown_name to tallymark_app;
    grant select (program_id) on shown_name to tallymark_intake;
    grant select, insert on leaderboard_end to tallymark_app;
  end if;
end $$;

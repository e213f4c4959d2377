-- Members whose past is judged anew by rules that were published with an earlier start: settled page by page. One row a program;
-- a further publication meanwhile begins it again for both.
create table rejudging (
  program_id bigint primary key,
  -- activities from here on are judged anew
  since timestamptz not null,
  -- whoever they are: by the new rules something ends, falls due or ranks differently without any activity
  everyone boolean not null,
  asked_at timestamptz not null default now(),
  -- members up to here are settled
  after_member bigint not null default 0,
  -- how many are concerned (null before it has begun), and how many of them are settled
  total int,
  done int not null default 0,
  finished_at timestamptz
);
create index rejudging_waiting on rejudging (program_id) where finished_at is null;

alter table rejudging enable row level security;
alter table rejudging force row level security;
create policy of_programs on rejudging using (program_id = any ((select tallymark_programs())::bigint[]));
-- which programs have something to do; it is done under the program's own scope
create policy of_intake on rejudging for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on rejudging to tallymark_app;
    grant select (program_id, finished_at) on rejudging to tallymark_intake;
  end if;
end $$;

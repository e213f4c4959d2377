-- What members answered to surveys and polls: one answer a member, erased with the person. What it gave is in activity.
create table survey_answer (
  program_id bigint not null,
  -- the id of its rule
  survey text not null,
  member_id bigint not null,
  -- by question, the options that were chosen, or the member's own words as the only one
  answers jsonb not null,
  answered_at timestamptz not null,
  primary key (program_id, survey, member_id)
);

alter table survey_answer enable row level security;
alter table survey_answer force row level security;
create policy of_programs on survey_answer using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, delete on survey_answer to tallymark_app;
  end if;
end $$;

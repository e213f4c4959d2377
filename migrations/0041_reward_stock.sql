-- How many pieces of a reward there are (docs/decisions/0030). The program's file says that a reward is counted; how many came
-- and how many are out stands here, so that no piece that is taken makes another version.
create table reward_stock (
  program_id bigint not null references program (id),
  reward text not null,
  -- in all, ever; a correction changes it
  received bigint not null check (received >= 0),
  -- of these, what redemptions have that hold a piece; the row is locked for it by redemptions of this reward alone
  taken bigint not null default 0 check (taken >= 0),
  primary key (program_id, reward)
);

alter table reward_stock enable row level security;
alter table reward_stock force row level security;
create policy of_programs on reward_stock using (program_id = any ((select tallymark_programs())::bigint[]));

-- What was reserved while its reward was counted holds a piece as long as it is held or used.
alter table redemption add column of_stock boolean not null default false;

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on reward_stock to tallymark_app;
  end if;
end $$;

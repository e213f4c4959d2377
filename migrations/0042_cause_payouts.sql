-- What the shop passed on to a cause for a month: a receipt, never changed.
create table cause_payout (
  program_id bigint not null references program (id),
  id uuid not null default uuidv7(),
  cause text not null,
  -- of the program's zone, as in 2027-03
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  -- minor units of the program's money: what members gave, and what the shop added
  members bigint not null check (members >= 0),
  shop bigint not null check (shop >= 0),
  paid_on text not null check (paid_on ~ '^\d{4}-\d{2}-\d{2}$'),
  reference text not null,
  paid_by text not null,
  noted_at timestamptz not null,
  primary key (program_id, id)
);
create index cause_payout_month on cause_payout (program_id, month);

alter table cause_payout enable row level security;
alter table cause_payout force row level security;
create policy of_programs on cause_payout using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert on cause_payout to tallymark_app;
  end if;
end $$;

-- Stickers: codes that are nobody's. A program's are the lots of one bearer, a member without a person, in the same books as
-- everybody's points: available = what is open, held, redeemed, expired.
alter table member drop constraint member_status_check;
alter table member add constraint member_status_check check (status in ('active', 'merged', 'redacted', 'bearer'));
create unique index member_bearer on member (program_id) where status = 'bearer';

-- Codes that were made together: for an order (key order:<store>/<order>), or to be printed (print:<id>). Its lot has the same key.
create table sticker_batch (
  program_id bigint not null,
  key text not null,
  unit text not null,
  made_by text not null,
  made_at timestamptz not null,
  ends_at timestamptz not null default 'infinity',
  primary key (program_id, key)
);
create index sticker_batch_made on sticker_batch (program_id, made_at);

-- One code: of its text only a keyed hash is kept.
create table sticker (
  program_id bigint not null,
  hash bytea not null,
  batch text not null,
  n int not null,
  -- taken back with what it was handed out for
  voided boolean not null default false,
  -- what it was put into; null = it is open
  redemption uuid,
  primary key (program_id, hash)
);
create unique index sticker_of_batch on sticker (program_id, batch, n);
create index sticker_redemption on sticker (program_id, redemption) where redemption is not null;

alter table sticker_batch enable row level security;
alter table sticker_batch force row level security;
create policy of_programs on sticker_batch using (program_id = any ((select tallymark_programs())::bigint[]));
alter table sticker enable row level security;
alter table sticker force row level security;
create policy of_programs on sticker using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on sticker_batch to tallymark_app;
    grant select, insert, update on sticker to tallymark_app;
  end if;
end $$;

-- What became of members' levels, worked out of all that is known once a day: reports count it, lists of members filter by it. What was
-- known too late changes it the next day.
create table level_move (
  program_id bigint not null references program (id),
  member_id bigint not null,
  -- of the member, from 0, in order of time
  nth integer not null,
  at timestamptz not null,
  -- joined = the level on joining; kept = no longer earned, and held by grace until `until`; ruled = other rules came into force
  kind text not null check (kind in ('joined', 'rose', 'fell', 'kept', 'ruled')),
  was text,
  level text,
  until timestamptz,
  primary key (program_id, member_id, nth),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index level_move_at on level_move (program_id, at) include (kind, was, level, member_id);
-- who stood on a level on some day
create index level_move_level on level_move (program_id, level, member_id, nth) include (at) where kind <> 'kept';

-- The level on which a member stood at the last count.
create table member_level (
  program_id bigint not null references program (id),
  member_id bigint not null,
  level text not null,
  -- it is held by grace until then; null = it is earned
  falls_at timestamptz,
  primary key (program_id, member_id),
  foreign key (program_id, member_id) references member (program_id, id)
);
create index member_level_level on member_level (program_id, level, member_id) include (falls_at);

create table level_count (
  program_id bigint primary key references program (id),
  counted_at timestamptz not null,
  members integer not null
);

do $$
declare
  t text;
begin
  foreach t in array array['level_move', 'member_level', 'level_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
    if exists (select from pg_roles where rolname = 'tallymark_app') then
      execute format('grant select, insert, update, delete on %I to tallymark_app', t);
    end if;
  end loop;
end $$;

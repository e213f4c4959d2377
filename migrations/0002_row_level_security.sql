-- Who may see what. Two roles that cannot log in: the login role takes one of them in each transaction.
--   tallymark_app     rows of the programs named by the setting tallymark.programs ('{1,2}'), which each transaction sets
--   tallymark_intake  what must be found before the program is known, across programs: deliveries, effects, stores, what is due
-- Where the migrating role may not create roles (hosted Postgres) it goes on without: policies are forced on the owner
-- too, and the setting tallymark.intake takes the place of the second role (docs/decisions/0002).

do $$
declare
  role_name text;
begin
  foreach role_name in array array['tallymark_app', 'tallymark_intake'] loop
    begin
      execute format('create role %I nologin nobypassrls', role_name);
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then raise notice 'may not create role %: the setting alone scopes what is seen', role_name;
    end;
    begin
      execute format('grant %I to current_user', role_name);
    exception
      when undefined_object or insufficient_privilege or invalid_grant_operation then null;
    end;
  end loop;
end $$;

-- The programs of this transaction. Empty without the setting: then nothing is seen.
create function tallymark_programs() returns bigint[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('tallymark.programs', true), ''), '{}')::bigint[] $$;

create function tallymark_is_intake() returns boolean language sql stable parallel safe
  as $$ select current_user = 'tallymark_intake'
    or (current_user <> 'tallymark_app' and coalesce(current_setting('tallymark.intake', true), '') = 'on') $$;

do $$
declare
  t text;
begin
  for t in
    select c.table_name from information_schema.columns c
    where c.table_schema = current_schema() and c.column_name = 'program_id'
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- the sub-select is evaluated once a statement, not once a row
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
  foreach t in array array['inbox', 'outbox', 'store', 'store_secret', 'reconciliation'] loop
    execute format('create policy of_intake on %I using ((select tallymark_is_intake()))', t);
  end loop;
  -- which programs and members have something due; what is due is settled under the program's own scope
  foreach t in array array['member_books', 'lot', 'redemption'] loop
    execute format('create policy of_intake on %I for select using ((select tallymark_is_intake()))', t);
  end loop;
end $$;

alter table program enable row level security;
alter table program force row level security;
create policy of_programs on program using (id = any ((select tallymark_programs())::bigint[]));
create policy of_intake on program for select using ((select tallymark_is_intake()));

-- History is added to, never edited: by right (below) and, for whoever owns the tables, by trigger.
create function tallymark_append_only() returns trigger language plpgsql
  as $$ begin
    raise exception '% is append-only: post a further row instead', tg_table_name using errcode = 'restrict_violation';
  end $$;

do $$
declare
  t text;
begin
  foreach t in array array['transfer', 'entry', 'rule_set', 'audit_event'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function tallymark_append_only()', t);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function tallymark_append_only()', t);
  end loop;
end $$;

do $$
begin
  if not exists (select from pg_roles where rolname = 'tallymark_app')
     or not exists (select from pg_roles where rolname = 'tallymark_intake') then
    return;
  end if;
  execute format('grant usage on schema %I to tallymark_app, tallymark_intake', current_schema());
  grant select, insert, update, delete on
    store, store_secret, member, member_pii, customer_link, inbox, order_state, activity, decision, member_books,
    redemption, outbox, reconciliation to tallymark_app;
  grant select, insert, update on program, account, lot, lot_use to tallymark_app;
  grant select, insert on rule_set, consent, transfer, entry, audit_event to tallymark_app;
  grant select, insert, update, delete on inbox, outbox, reconciliation to tallymark_intake;
  grant select, update on store, store_secret to tallymark_intake;
  grant select on program to tallymark_intake;
  grant select (program_id, member_id, unit, due_at) on member_books to tallymark_intake;
  grant select (program_id, member_id, unit, remaining, matured, usable_at, ends_at) on lot to tallymark_intake;
  grant select (program_id, id, state, expires_at) on redemption to tallymark_intake;
  execute format('grant usage on all sequences in schema %I to tallymark_app, tallymark_intake', current_schema());
end $$;

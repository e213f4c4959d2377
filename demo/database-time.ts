import type { Millis } from '../src/lib/clock.js';
import { type Database, openDatabase } from '../src/db/database.js';

/**
 * The demo's database says the demo's time: what it dates itself (deliveries, postings, the audit) and what it compares with now()
 * would else lie before everything that the service dates. A function of that name is found before Postgres's own, and the defaults
 * of columns, which are bound when a table is made, are bound to it.
 */
const TIME = `
  create schema if not exists demo_time;
  create table if not exists demo_time.ahead (by interval not null);
  create or replace function demo_time.now() returns timestamptz language sql stable as
    $$ select pg_catalog.now() + coalesce((select by from demo_time.ahead), '0') $$;
  grant usage on schema demo_time to public;
  grant select on demo_time.ahead to public;
  do $$
  declare statement text;
  begin
    perform set_config('search_path', 'public', true);
    for statement in
      select format('alter table %s alter column %I set default demo_time.now()', d.adrelid::regclass, a.attname)
      from pg_attrdef d
        join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        join pg_class c on c.oid = d.adrelid
      where c.relnamespace = 'public'::regnamespace and pg_get_expr(d.adbin, d.adrelid) = 'now()'
    loop
      execute statement;
    end loop;
    execute format('alter database %I set search_path = public, demo_time, pg_catalog', current_database());
  end $$`;

const AHEAD = `
  with before as (delete from demo_time.ahead)
  insert into demo_time.ahead select $1::float8 * interval '1 millisecond'`;

/** Before anything else opens a connection: those that are open already go by Postgres's own time. */
export async function layTime(databaseUrl: string, ahead: Millis): Promise<void> {
  await asOwner(databaseUrl, async (pool) => {
    await pool.query(TIME);
    await pool.query(AHEAD, [ahead]);
  });
}

/** How much later than at the machine it is from now on. */
export const setTime = (databaseUrl: string, ahead: Millis): Promise<void> =>
  asOwner(databaseUrl, async (pool) => void (await pool.query(AHEAD, [ahead])));

async function asOwner(databaseUrl: string, act: (pool: Database['pool']) => Promise<void>): Promise<void> {
  const owner = await openDatabase(databaseUrl, { role: 'owner', max: 1 });
  try {
    await act(owner.pool);
  } finally {
    await owner.close();
  }
}

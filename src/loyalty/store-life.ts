import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { exponentOf } from '../commerce/money.js';
import { type ProgramRules, programRules } from '../rules/program-rules.js';
import type { StoreRef } from './context.js';
import { publishRules } from './publish-rules.js';

export interface NewProgram {
  name: string;
  rules: ProgramRules;
  at: Millis;
  /** What the first version has beside its rules: name, names, examples. */
  about?: object;
}

/** Founds a program with its first published rule set, and lets the transaction see it. */
export async function foundProgram(tx: Tx, { name, rules, at, about }: NewProgram): Promise<string> {
  const checked = programRules.parse(rules);
  const { rows } = await sql<{ id: string }>`
    select nextval(pg_get_serial_sequence('program', 'id')) as id
  `.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`select set_config('tallymark.programs', ${`{${id}}`}, true)`.execute(tx);
  await sql`
    insert into program (id, name, zone, money_code, money_exponent) overriding system value
    values (${id}::bigint, ${name}, ${checked.zone}, ${checked.money.code}, ${checked.money.exponent})
  `.execute(tx);
  // its first version keeps the name that it began with, whatever the program is called later
  await publishRules(tx, id, checked, at, at, about ?? { name });
  return id;
}

export interface NewStore {
  program: string;
  platform: string;
  key: string;
  url: string;
  installation: string | null;
  money: string;
  zone: string;
}

const INSTALL = `
  insert into store as s (program_id, platform, key, url, installation, status, installed_at, money_code, money_exponent, zone)
  values ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $9)
  on conflict (platform, key) do update set status = 'active', url = excluded.url, uninstalled_at = null,
    generation = case when s.status = 'uninstalled' then s.generation + 1 else s.generation end,
    installed_at = case when s.status = 'uninstalled' then excluded.installed_at else s.installed_at end,
    money_code = excluded.money_code, money_exponent = excluded.money_exponent, zone = excluded.zone,
    installation = coalesce(excluded.installation, s.installation)
  returning id, program_id, generation, installed_at`;

/** Connects a store, or the same one again: a new generation on the same ledger. Gives its id. */
export async function installStore(
  tx: Tx,
  store: NewStore,
  at: Millis,
): Promise<{ id: string; program: string; generation: number }> {
  const [row] = await tx.prepared<{ id: string; program_id: string; generation: number }>('loyalty_install', INSTALL, [
    store.program,
    store.platform,
    store.key,
    store.url,
    store.installation,
    new Date(at),
    store.money,
    exponentOf(store.money),
    store.zone,
  ]);
  if (!row) throw new AppError('not_installed', 500, 'The store could not be stored.');
  return { id: row.id, program: row.program_id, generation: row.generation };
}

const UNINSTALL = `
  update store set status = 'uninstalled', uninstalled_at = $3
  where program_id = $1 and id = $2 and status <> 'uninstalled' and ($4::timestamptz is null or $4 >= installed_at)
  returning id`;

/**
 * The owner took the app off: tokens are dead, so they go. One that was triggered before the present installation is a
 * late word about an earlier one and changes nothing. Members, points and history stay for a re-installation.
 */
export async function uninstallStore(tx: Tx, ref: StoreRef, triggered: Millis | null, now: Millis): Promise<boolean> {
  const rows = await tx.prepared('loyalty_uninstall', UNINSTALL, [
    ref.program,
    ref.store,
    new Date(now),
    triggered === null ? null : new Date(triggered),
  ]);
  if (rows.length === 0) return false;
  await tx.prepared('loyalty_forget_tokens', "delete from store_secret where store_id = $1 and kind <> 'webhook'", [
    ref.store,
  ]);
  await audit(tx, ref.program, 'platform', 'store.uninstalled', { store: ref.store });
  return true;
}

/** The platform no longer accepts our credentials: work for it stops until the owner connects anew. */
export async function suspendStore(tx: Tx, ref: StoreRef, why: string): Promise<void> {
  const rows = await tx.prepared(
    'loyalty_suspend',
    "update store set status = 'suspended' where program_id = $1 and id = $2 and status = 'active' returning id",
    [ref.program, ref.store],
  );
  if (rows.length > 0) await audit(tx, ref.program, 'platform', 'store.suspended', { store: ref.store, why });
}

/** The shop's own currency or zone changed; what was judged stays judged by the program's. */
export async function changeStore(
  tx: Tx,
  ref: StoreRef,
  change: { money: string | null; zone: string | null },
): Promise<void> {
  const exponent = change.money === null ? null : exponentOf(change.money);
  await tx.prepared(
    'loyalty_change_store',
    `update store set money_code = coalesce($3, money_code), money_exponent = coalesce($4, money_exponent), zone = coalesce($5, zone)
     where program_id = $1 and id = $2`,
    [ref.program, ref.store, change.money, exponent, change.zone],
  );
}

/** Writes down an act that somebody may ask about later. Facts hold ids, never personal data. */
export async function audit(tx: Tx, program: string, actor: string, what: string, facts: object): Promise<void> {
  await tx.prepared(
    'loyalty_audit',
    'insert into audit_event (program_id, actor, what, facts) values ($1, $2, $3, $4)',
    [program, actor, what, JSON.stringify(facts)],
  );
}

/** What the program is called. */
export async function readProgramName(tx: Tx, program: string): Promise<string> {
  const [row] = await tx.prepared<{ name: string }>('loyalty_program_name', 'select name from program where id = $1', [
    program,
  ]);
  return row?.name ?? '';
}

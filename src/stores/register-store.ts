import { type Database, type Tx, inTransaction } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { type NewStore, audit, foundProgram, installStore } from '../loyalty/store-life.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { starterRules } from './starter-rules.js';

export interface ArrivingStore extends Omit<NewStore, 'program' | 'money'> {
  name: string;
  money: { code: string; exponent: number };
  /** Orders from before the installation (60 days are read) count for whoever joins; else they are only known. */
  awardHistory?: boolean;
}

export interface Registered {
  id: string;
  program: string;
  /** 1 at first, one more with each installation after an uninstallation. */
  generation: number;
}

/**
 * Registers a store that has just proved who it is: a new one gets a program of its own with the starter's rules (or the
 * `rules` given), one that was here before goes on with its ledger. `within` keeps its secrets in the same
 * transaction: a store without them is never seen.
 */
export async function registerStore(
  db: Database,
  store: ArrivingStore,
  now: Millis,
  within: (tx: Tx, store: Registered) => Promise<void>,
  rules?: ProgramRules,
): Promise<Registered> {
  const earlier = await inTransaction(db, 'intake', (tx) => programOf(tx, store));
  return inTransaction(db, { programs: earlier ? [earlier] : [] }, async (tx) => {
    const founding = { name: store.name, rules: rules ?? starterRules(store, now), at: now };
    const program = earlier ?? (await foundProgram(tx, founding));
    const installed = await installStore(tx, { ...store, program, money: store.money.code }, now);
    await within(tx, installed);
    await audit(tx, program, 'owner', 'store.installed', { store: installed.id, generation: installed.generation });
    return installed;
  });
}

async function programOf(tx: Tx, { platform, key }: ArrivingStore): Promise<string | null> {
  const [row] = await tx.prepared<{ program_id: string }>(
    'stores_program_of',
    'select program_id from store where platform = $1 and key = $2',
    [platform, key],
  );
  return row?.program_id ?? null;
}

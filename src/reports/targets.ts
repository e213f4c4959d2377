import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { audit } from '../loyalty/store-life.js';
import type { Estimate } from './means.js';

/** What an owner may aim at: the share of members who order again within 90 days; what an order of a member brings. */
export const AIMS = ['came-back', 'order-value'] as const;
export type Aim = (typeof AIMS)[number];

export interface Target {
  what: Aim;
  /** A share from 0 to 1, or minor units. */
  aim: number;
  since: Date;
}

/** Kept in whole numbers: ten-thousandths of a share, or minor units. */
const scaleOf = (what: Aim): number => (what === 'came-back' ? 10_000 : 1);

const READ = 'select what, aim, set_at as since from target where program_id = $1';
const SET = `
  insert into target (program_id, what, aim, set_by, set_at) values ($1, $2, $3, $4, $5)
  on conflict (program_id, what) do update set aim = excluded.aim, set_by = excluded.set_by, set_at = excluded.set_at`;
const FORGET = 'delete from target where program_id = $1 and what = $2';

export async function readTargets(tx: Tx, program: string): Promise<Target[]> {
  const rows = await tx.prepared<Target>('report_targets', READ, [program]);
  return rows.map((row) => ({ ...row, aim: row.aim / scaleOf(row.what) }));
}

/** Sets what is aimed at, or forgets it (null); the log of changes says from what to what. */
export async function setTarget(
  tx: Tx,
  program: string,
  { what, aim, by, now }: { what: Aim; aim: number | null; by: string; now: Millis },
): Promise<void> {
  const before = (await readTargets(tx, program)).find((one) => one.what === what)?.aim ?? null;
  if (aim === null) await tx.prepared('report_forget_target', FORGET, [program, what]);
  else {
    const kept = Math.max(1, Math.round(aim * scaleOf(what)));
    await tx.prepared('report_set_target', SET, [program, what, kept, by, new Date(now)]);
  }
  await audit(tx, program, by, 'settings.target', { what, before, after: aim });
}

/** Reached or missed only when the whole interval is on one side; else it is open, and so with nobody to count. */
export function verdictOf(aim: number, now: Estimate | null): 'reached' | 'missed' | 'open' {
  if (now === null) return 'open';
  return now.low >= aim ? 'reached' : now.high < aim ? 'missed' : 'open';
}

import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { audit } from './store-life.js';

/** Who gives and takes by hand within limits; an owner has none, and the owner's own software neither. */
export const LIMITED_ROLES = ['admin', 'support'] as const;
export type LimitedRole = (typeof LIMITED_ROLES)[number];

/** What one person of a role may give or take by hand, in whole points of any one unit. */
export interface AdjustmentLimit {
  role: LimitedRole;
  /** Above it a second person has to agree; null = never. */
  alone: bigint | null;
  atOnce: bigint;
  /** In all, in a day of the shop's zone. */
  aDay: bigint;
}

/** Until the owner says otherwise. */
const OURS: readonly AdjustmentLimit[] = [
  { role: 'admin', alone: 2_500n, atOnce: 10_000n, aDay: 50_000n },
  { role: 'support', alone: 250n, atOnce: 1_000n, aDay: 5_000n },
];

const READ = 'select role, alone, at_once, a_day from adjustment_limit where program_id = $1';

/** The limits of each limited role. */
export async function readAdjustmentLimits(tx: Tx, program: string): Promise<AdjustmentLimit[]> {
  const rows = await tx.prepared<{ role: LimitedRole; alone: string | null; at_once: string; a_day: string }>(
    'adjustment_limits',
    READ,
    [program],
  );
  return OURS.map((ours) => {
    const row = rows.find(({ role }) => role === ours.role);
    if (!row) return ours;
    const alone = row.alone === null ? null : BigInt(row.alone);
    return { role: ours.role, alone, atOnce: BigInt(row.at_once), aDay: BigInt(row.a_day) };
  });
}

const SET = `
  insert into adjustment_limit (program_id, role, alone, at_once, a_day) values ($1, $2, $3, $4, $5)
  on conflict (program_id, role) do update set alone = excluded.alone, at_once = excluded.at_once, a_day = excluded.a_day`;

/** Changes the limits of one role. @throws AppError `limits_contradict` (422) when less may be given in a day than at once */
export async function setAdjustmentLimit(tx: Tx, program: string, limit: AdjustmentLimit, by: string): Promise<void> {
  const { role, alone, atOnce, aDay } = limit;
  if (aDay < atOnce)
    throw new AppError(
      'limits_contradict',
      422,
      `What may be given in a day cannot be less than the ${atOnce} at once.`,
    );
  const before = (await readAdjustmentLimits(tx, program)).find((one) => one.role === role);
  const values = [program, role, alone === null ? null : `${alone}`, `${atOnce}`, `${aDay}`];
  await tx.prepared('adjustment_limit_set', SET, values);
  await audit(tx, program, by, 'settings.adjustment-limits', {
    role,
    before: before ? inWords(before) : null,
    after: inWords(limit),
  });
}

const inWords = ({ alone, atOnce, aDay }: AdjustmentLimit): string =>
  `${alone ?? atOnce} alone, ${atOnce} at once, ${aDay} a day`;

/**
 * Undoing costs nothing of the day; what was undone did: points that were given may have been used meanwhile. Of many members at
 * once counts what was given in the end: less than was asked for when it was stopped.
 */
export const GIVEN = `
  select coalesce((
    select sum(abs(points)) from adjustment
    where program_id = $1 and asked_by = $2 and unit = $3 and state in ('given', 'waiting') and undoes is null
      and asked_at >= date_trunc('day', $4::timestamptz at time zone $5) at time zone $5
  ), 0) + coalesce((
    select sum(case when state in ('waiting', 'giving') then total else given_points end) from bulk_adjustment
    where program_id = $1 and asked_by = $2 and unit = $3 and state not in ('looked', 'refused', 'withdrawn')
      and asked_at >= date_trunc('day', $4::timestamptz at time zone $5) at time zone $5
  ), 0) as given`;

/** What somebody gave and took by hand since the day began, what waits included. */
export async function givenToday(
  tx: Tx,
  program: string,
  { by, unit, zone }: { by: string; unit: string; zone: string },
  now: Millis,
): Promise<bigint> {
  const values = [program, by, unit, new Date(now), zone];
  const [row] = await tx.prepared<{ given: string }>('adjustments_today', GIVEN, values);
  return BigInt(row?.given ?? 0);
}

/**
 * Whether an adjustment waits for a second person.
 * @throws AppError `above_limit`, `above_daily_limit` (403)
 */
export function judgeAdjustment({ alone, atOnce, aDay }: AdjustmentLimit, size: bigint, given: bigint): boolean {
  if (size > atOnce)
    throw new AppError('above_limit', 403, `Your role gives or takes ${atOnce} at once at most. Ask an owner.`, {
      atOnce: `${atOnce}`,
    });
  const left = aDay > given ? aDay - given : 0n;
  if (size > left)
    throw new AppError('above_daily_limit', 403, `Today you may give or take ${left} more. Ask an owner.`, {
      left: `${left}`,
    });
  return alone !== null && size > alone;
}

import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { Calendar } from '../rules/calendar.js';
import { type Cohort, OLDEST as PAST } from './forecast.js';

/** Points that were earned earlier are as old as these: older than anything that is told apart. */
const EARNED = 2 * PAST;
/** What ends later than so many months ahead does not end within a forecast. */
const AHEAD = 24;

/** What is open, by the month in which it was earned and the one in which it ends: $2 and $3 are where months begin. */
export const OPEN_COHORTS = `
  select unit, width_bucket(earned_at, $2::timestamptz[]) as earned, width_bucket(ends_at, $3::timestamptz[]) as ends,
    sum(remaining)::float8 as open
  from lot where program_id = $1 and remaining > 0 group by 1, 2, 3`;

/**
 * What left lots and came back to them, by the same months and the one in which it did. Reserved points count as used, for they are
 * open no more. A lot of somebody who was merged into another is not found by what they did before: that is left out.
 */
export const COHORTS_LEFT = `
  with gone as (
    select member_id, unit, lot, width_bucket(at, $2::timestamptz[]) as month,
      points * ((to_account in ('held', 'redeemed'))::int - (from_account in ('held', 'redeemed'))::int) as used,
      points * ((to_account = 'expired')::int - (from_account = 'expired')::int) as lapsed
    from transfer
    where program_id = $1 and at >= $4 and at < $5 and lot <> ''
      and (to_account in ('held', 'redeemed', 'expired') or from_account in ('held', 'redeemed', 'expired'))
  )
  select g.unit, width_bucket(l.earned_at, $2::timestamptz[]) as earned, width_bucket(l.ends_at, $3::timestamptz[]) as ends,
    g.month, sum(g.used)::float8 as used, sum(g.lapsed)::float8 as lapsed
  from gone g
  cross join lateral (
    select earned_at, ends_at from lot
    where program_id = $1 and member_id = g.member_id and unit = g.unit and of = g.lot offset 0
  ) l
  where g.used <> 0 or g.lapsed <> 0 group by 1, 2, 3, 4`;

interface Key {
  unit: string;
  earned: number;
  ends: number;
}

/** Cohorts of a program by unit, as of now; months are whole ones before and after it, as the shop's calendar has them. */
export async function readCohortsLeft(
  tx: Tx,
  program: string,
  { now, zone }: { now: Millis; zone: string },
): Promise<Map<string, Cohort[]>> {
  const calendar = Calendar.of(zone);
  const monthsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, nth) => new Date(calendar.addMonths(now, first + nth)));
  const [earned, ends] = [monthsFrom(-EARNED, EARNED), monthsFrom(-PAST, PAST + AHEAD + 1)];
  const open = await tx.prepared<Key & { open: number }>('report_open_cohorts', OPEN_COHORTS, [program, earned, ends]);
  const left = await tx.prepared<Key & { month: number; used: number; lapsed: number }>(
    'report_cohorts_left',
    COHORTS_LEFT,
    [program, earned, ends, new Date(calendar.addMonths(now, -PAST)), new Date(now)],
  );
  const units = new Map<string, Map<string, Filling>>();
  const of = ({ unit, ...key }: Key): Filling => {
    const cohorts = units.get(unit) ?? new Map<string, Filling>();
    units.set(unit, cohorts);
    const name = `${key.earned} ${key.ends}`;
    const found = cohorts.get(name) ?? { ...monthsOf(key), open: 0, left: [] };
    cohorts.set(name, found);
    return found;
  };
  for (const row of open) of(row).open = row.open;
  for (const { month, used, lapsed, ...key } of left) of(key).left.push({ back: EARNED - month, used, lapsed });
  return new Map([...units].map(([unit, cohorts]) => [unit, [...cohorts.values()]]));
}

type Filling = Cohort & { left: Cohort['left'][number][] };

/** From the numbers of months as the statements count them to those from now. */
const monthsOf = ({ earned, ends }: Omit<Key, 'unit'>): Pick<Cohort, 'earned' | 'ends'> => ({
  earned: EARNED - earned,
  ends: ends > PAST + AHEAD ? null : ends - PAST - 1,
});

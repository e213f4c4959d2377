import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { Calendar } from '../rules/calendar.js';

/** Members who moved: on joining, up, down, or kept by grace alone; `ruled` = by other rules. */
export interface LevelFigures {
  joined: number;
  rose: number;
  fell: number;
  kept: number;
  ruled: number;
}

export interface LevelPeriod extends LevelFigures {
  /** YYYY-MM-DD of the shop: its first day, and the one after its last. */
  begins: string;
  ends: string;
  /** By level, how many stood on it when the period was over. */
  standing: Record<string, number>;
}

export interface LevelReport {
  countedAt: Date | null;
  periods: LevelPeriod[];
  /** Each member once, however often they moved. */
  now: LevelFigures;
  before: LevelFigures;
  /** By level, how many stand on it, and how many of these by grace alone. */
  standing: { level: string; members: number; kept: number }[];
  /** As many stood on it when the range began. */
  began: Record<string, number>;
}

export type PeriodKind = 'week' | 'month';

export interface LevelRange {
  /** The first instants of the range before, and of this one, each that of a period; and the one after the last. */
  before: Millis;
  from: Millis;
  to: Millis;
  zone: string;
  by: PeriodKind;
}

export const LEVELS_STANDING = `
  select level, count(*)::int as members, count(*) filter (where falls_at is not null)::int as kept
  from member_level where program_id = $1 group by 1`;

/** How many came to a level and left it, period by period. */
export const LEVEL_STEPS = `
  select to_char(date_trunc($5, at at time zone $4), 'YYYY-MM-DD') as period, was, level, count(*)::int as n
  from level_move where program_id = $1 and at >= $2 and at < $3 and kind <> 'kept' group by 1, 2, 3`;

/** Each member once: in a period, and in either range (period null). */
export const LEVEL_MOVERS = `
  select case when grouping(period) = 0 then period end as period, recent, kind, count(distinct member_id)::int as n
  from (
    select to_char(date_trunc($6, at at time zone $5), 'YYYY-MM-DD') as period, at >= $3 as recent, kind, member_id
    from level_move where program_id = $1 and at >= $2 and at < $4
  ) moved group by grouping sets ((period, recent, kind), (recent, kind))`;

const COUNTED = 'select counted_at as at from level_count where program_id = $1';

interface Mover {
  period: string | null;
  recent: boolean;
  kind: keyof LevelFigures;
  n: number;
}

/**
 * How members are spread over the levels, and who rose, fell or was kept by grace, as of the last count. What stood at the end of a
 * period is what stands now, less what moved since: the figures of all periods add up.
 */
export async function readLevels(tx: Tx, program: string, range: LevelRange): Promise<LevelReport> {
  const { before, from, to, zone, by } = range;
  const [begin, middle, end] = [new Date(before), new Date(from), new Date(to)];
  const [counted] = await tx.prepared<{ at: Date }>('report_levels_counted', COUNTED, [program]);
  const standing = await tx.prepared<LevelReport['standing'][number]>('report_levels', LEVELS_STANDING, [program]);
  const steps = await tx.prepared<Step>('report_level_steps', LEVEL_STEPS, [program, middle, end, zone, by]);
  const movers = await tx.prepared<Mover>('report_level_movers', LEVEL_MOVERS, [
    ...[program, begin, middle, end, zone, by],
  ]);
  const figures = (of: (mover: Mover) => boolean): LevelFigures => {
    const n = (kind: keyof LevelFigures) => movers.find((mover) => of(mover) && mover.kind === kind)?.n ?? 0;
    return { joined: n('joined'), rose: n('rose'), fell: n('fell'), kept: n('kept'), ruled: n('ruled') };
  };
  const { periods, began } = walkBack(daysOf(range), standing, steps);
  return {
    countedAt: counted?.at ?? null,
    periods: periods.map((period) => ({
      ...period,
      ...figures((mover) => mover.recent && mover.period === period.begins),
    })),
    now: figures((mover) => mover.recent && mover.period === null),
    before: figures((mover) => !mover.recent && mover.period === null),
    standing,
    began,
  };
}

interface Step {
  period: string;
  was: string | null;
  level: string | null;
  n: number;
}

/** From what stands now back to what stood at the end of each period. */
function walkBack(days: readonly string[], standing: LevelReport['standing'], steps: readonly Step[]) {
  const stood = new Map(standing.map(({ level, members }) => [level, members]));
  const add = (level: string | null, n: number) => {
    if (level !== null) stood.set(level, (stood.get(level) ?? 0) + n);
  };
  const periods: Pick<LevelPeriod, 'begins' | 'ends' | 'standing'>[] = [];
  for (let nth = days.length - 2; nth >= 0; nth--) {
    const [begins = '', ends = ''] = [days[nth], days[nth + 1]];
    periods.unshift({ begins, ends, standing: Object.fromEntries(stood) });
    for (const { period, was, level, n } of steps) {
      if (period !== begins) continue;
      add(level, -n);
      add(was, n);
    }
  }
  return { periods, began: Object.fromEntries(stood) };
}

/** The first days of all periods of the range, and the one after the last: "2026-11-01". */
function daysOf({ from, to, zone, by }: LevelRange): string[] {
  const calendar = Calendar.of(zone);
  const days: string[] = [];
  let at = from;
  for (; at < to; at = by === 'week' ? calendar.addDays(at, 7) : calendar.addMonths(at, 1)) days.push(dayOf(at, zone));
  return [...days, dayOf(at, zone)];
}

function dayOf(at: Millis, zone: string): string {
  const { year, month, day } = Calendar.of(zone).wallClock(at);
  return [`${year}`.padStart(4, '0'), ...[month, day].map((n) => `${n}`.padStart(2, '0'))].join('-');
}

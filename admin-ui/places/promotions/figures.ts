import type { operations } from '../../api/schema.js';

export type SimulationAnswer = operations['simulation']['responses'][200]['content']['application/json'];
export type Report = NonNullable<SimulationAnswer['report']>;

/** "3/250" -> 0.012. */
export const valueOf = (fraction: number | string | undefined): number => {
  const [top = 0, below = 1] = `${fraction ?? 0}`.split('/').map(Number);
  return top / below;
};

/** The unit in which a draft changes most. */
export function mainUnit({ units }: Report): string {
  const change = (unit: string) => Math.abs(givenOf(units[unit], 'after') - givenOf(units[unit], 'before'));
  return Object.keys(units).sort((a, b) => change(b) - change(a))[0] ?? 'points';
}

type UnitReport = Report['units'][string];
type Side = 'before' | 'after';
const givenOf = (unit: UnitReport | undefined, side: Side): number =>
  unit ? Number(unit.points[side].given) - Number(unit.points[side].takenBack) : 0;
const usedOf = ({ points }: UnitReport, side: Side): number =>
  Number(points[side].redeemed) - Number(points[side].returned);

export interface Cost {
  unit: string;
  /** Points more than before, and as a share of what was given before (null = nothing was). */
  points: number;
  share: number | null;
  /** Minor units: what the points say, and what of it was used, has expired, stands open. The three add up. */
  face: number;
  used: number;
  expired: number;
  open: number;
  /** What members of this shop use of their points, 0 to 1; null = nothing was given in the period. */
  usedShare: number | null;
  /** Minor units: face value by that share. */
  cost: number;
}

/** What a draft would have cost. The shop's own share of used points is that of the period, by the rules in force. */
export function costOf(report: Report): Cost {
  const unit = mainUnit(report);
  const of = report.units[unit];
  if (!of)
    return { ...{ unit, points: 0, share: null, face: 0, used: 0, expired: 0, open: 0 }, usedShare: null, cost: 0 };
  const before = givenOf(of, 'before');
  const points = givenOf(of, 'after') - before;
  const more = (what: 'given' | 'redeemed' | 'expired') => of.money.after[what] - of.money.before[what];
  const [face, used, expired] = [more('given'), more('redeemed'), more('expired')];
  const usedShare = before > 0 ? Math.min(1, Math.max(0, usedOf(of, 'before') / before)) : null;
  return {
    ...{ unit, points, share: before > 0 ? points / before : null, face, used, expired, usedShare },
    open: face - used - expired,
    cost: Math.round(face * (usedShare ?? 1)),
  };
}

/** Extra sales (minor units) that bring the cost back at a margin from 0 to 1. */
export const breakEven = (cost: number, margin: number): number => Math.ceil(cost / margin);

export interface Bucket {
  from: number;
  to: number;
  members: number;
}

/** At most `most` buckets for losers and as many for winners; neighbours are put together where they hold fewest. */
export function bucketsOf({ spread }: Report, unit: string, most = 4): { losers: Bucket[]; winners: Bucket[] } {
  const all = (spread?.[unit] ?? []).map(({ from, to, members }) => ({ from: Number(from), to: Number(to), members }));
  return {
    losers: merged(
      all.filter(({ to }) => to < 0),
      most,
    ),
    winners: merged(
      all.filter(({ from }) => from > 0),
      most,
    ),
  };
}

function merged(buckets: readonly Bucket[], most: number): Bucket[] {
  const left = [...buckets];
  while (left.length > most) {
    let at = 0;
    const together = (n: number) => (left[n]?.members ?? 0) + (left[n + 1]?.members ?? 0);
    for (let n = 1; n < left.length - 1; n++) if (together(n) < together(at)) at = n;
    const [one, two] = [left[at], left[at + 1]];
    if (one && two) left.splice(at, 2, { from: one.from, to: two.to, members: one.members + two.members });
  }
  return left;
}

/** What each day gave and would have given, of one unit; days without orders are zero. */
export function daySeries({ days }: Report, unit: string): { date: string; before: number; after: number }[] {
  return (days ?? []).map(({ date, points }) => ({
    date,
    before: Number(points.before[unit] ?? 0),
    after: Number(points.after[unit] ?? 0),
  }));
}

/** The day that would have cost most, in points more. */
export function dearestDay(report: Report, unit: string): { date: string; points: number } | null {
  const days = daySeries(report, unit).map(({ date, before, after }) => ({ date, points: after - before }));
  const top = days.sort((a, b) => b.points - a.points)[0];
  return top && top.points > 0 ? top : null;
}

/** What members have by the replay of the rules in force. */
export function replayedTotal({ units }: Report, unit: string): number {
  const points = units[unit]?.points.before;
  return points
    ? Number(points.available) + Number(points.pending) + Number(points.held) - Math.abs(Number(points.debt))
    : 0;
}

/** A round ceiling above what the past would have cost: twice it, to two digits. */
export function goodCeiling(cost: number, exponent: number): number {
  const whole = Math.max(1, (cost * 2) / 10 ** exponent);
  const step = 10 ** Math.max(0, Math.floor(Math.log10(whole)) - 1);
  return Math.ceil(whole / step) * step * 10 ** exponent;
}

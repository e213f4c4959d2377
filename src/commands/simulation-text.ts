import type { ReportNames } from '../simulation/names-in-report.js';
import type { MemberLine, OrderLine, SimulationReport } from '../simulation/report.js';

type Sides<T> = { before: T; after: T };

/** A simulation's report in plain text, for who started it; `names` = what members and orders are called. */
export function reportText(report: SimulationReport, names: ReportNames | null = null): string[] {
  const { members, orders, since, now, refused } = report;
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const money = moneyText(report);
  const lines = [
    `as if in force ${since === null ? 'always' : `from ${day(since)}`}, until ${day(now)}`,
    `${members.counted} members: ${members.better} better off, ${members.worse} worse off, ${members.same} the same`,
    `${orders.counted} orders, ${orders.different} of them give something else`,
  ];
  for (const [unit, { points, money: worth }] of Object.entries(report.units)) {
    lines.push('', `${unit}: before -> after`);
    for (const what of ['given', 'takenBack', 'redeemed', 'returned', 'expired', 'available', 'pending'] as const) {
      lines.push(`  ${what}: ${arrow({ before: points.before[what], after: points.after[what] })}`);
    }
    lines.push(`  worth of what was given: ${arrow(both(worth, ({ given }) => money(given)))}`);
    lines.push(`  liability now: ${arrow(both(worth, ({ liability }) => money(liability)))}`);
  }
  lines.push('', 'liability by month:');
  for (const { month, money: owed } of report.liability) lines.push(`  ${month}: ${arrow(both(owed, money))}`);
  const moved = report.tiers.filter(({ from, to }) => from !== to);
  if (moved.length > 0) lines.push('', 'tiers:');
  for (const one of moved) lines.push(`  ${one.from ?? 'none'} -> ${one.to ?? 'none'}: ${one.members} members`);
  lines.push(...listed('winners', report.winners.map(memberText(money, names))));
  lines.push(...listed('losers', report.losers.map(memberText(money, names))));
  lines.push(...listed('orders that change most', report.changedOrders.map(orderText(names))));
  const why = Object.entries(refused.why).map(([reason, many]) => `${many} ${reason}`);
  if (refused.counted > 0) lines.push('', `${refused.counted} redemptions would not have been: ${why.join(', ')}`);
  return lines;
}

const both = <T, U>({ before, after }: Sides<T>, of: (one: T) => U): Sides<U> => ({
  before: of(before),
  after: of(after),
});
const arrow = ({ before, after }: Sides<string | number>) => `${before} -> ${after}`;
const listed = (title: string, lines: string[]) =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];

function moneyText({ money: { code, exponent } }: SimulationReport): (minor: number) => string {
  return (minor) => `${(minor / 10 ** exponent).toFixed(exponent)} ${code}`;
}

function memberText(money: (minor: number) => string, names: ReportNames | null): (line: MemberLine) => string {
  return (line) => {
    const called = names?.members[line.member];
    const who = [line.publicId ?? line.member, ...[called?.name, called?.email].filter((text) => text != null)];
    return `member ${who.join(', ')}: ${arrow(both(line.stayed, pointsText))} (${arrow(both(line.money, money))})`;
  };
}

function orderText(names: ReportNames | null): (line: OrderLine) => string {
  return ({ order, gives, first }) => {
    const called = names?.orders[order];
    const where = first.rule === null ? '' : `, first at ${first.rule}`;
    return `order ${order}${called === undefined ? '' : ` (${called})`}: ${arrow(both(gives, pointsText))}${where}: ${first.before ?? 'nothing'} -> ${first.after ?? 'nothing'}`;
  };
}

const pointsText = (points: Record<string, string>) =>
  Object.entries(points)
    .map(([unit, many]) => `${many} ${unit}`)
    .join(' + ') || '0';

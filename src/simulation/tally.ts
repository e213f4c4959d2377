import type { Books, Decision } from '../rules/books.js';
import type { KnownOrder } from '../rules/known.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { versionAt } from '../rules/versions.js';
import { Days } from './days.js';
import { Spreads } from './spread.js';
import type { Compared, Comparing, Sides } from './compare-group.js';
import { firstDifference } from './first-difference.js';
import { type Flow, addFlow, flowIn, kept, leave, nothing, owedBy } from './flow.js';
import { Leaders } from './leaders.js';
import { Months } from './months.js';
import type { MemberLine, OrderLine, RefusedLine, SimulationReport } from './report.js';
import { Worth } from './worth.js';

const SIDES = ['before', 'after'] as const;
type Points = Record<string, bigint>;
type Flows = Map<string, Flow>;

/** Adds up what groups come to. What it holds grows with units, months and the length of its lists, never with the past. */
export class Tally {
  private readonly by: Comparing;
  private readonly worth: Worth;
  private readonly months: Months;
  private readonly rules: SimulationReport['money'];
  private readonly members = { counted: 0, better: 0, worse: 0, same: 0 };
  private readonly orders = { counted: 0, different: 0 };
  private readonly units: Sides<Flows> = { before: new Map(), after: new Map() };
  private readonly owed: Sides<Map<string, Points>> = { before: new Map(), after: new Map() };
  private readonly tiers = new Map<string, { from: string | null; to: string | null; members: number }>();
  private readonly winners: Leaders<MemberLine>;
  private readonly losers: Leaders<MemberLine>;
  private readonly changed: Leaders<OrderLine>;
  private readonly refusals: Leaders<RefusedLine>;
  private readonly spreads = new Spreads();
  private readonly days: Days;
  private readonly why = new Map<string, number>();

  /** `most` = how long its lists of members and orders may become. */
  constructor(by: Comparing, most: number) {
    this.by = by;
    const [before, after] = [rulesNow(by, 'before'), rulesNow(by, 'after')];
    this.worth = new Worth({ before, after });
    this.months = new Months(after.zone);
    this.rules = after.money;
    this.days = new Days(after.zone, by.now);
    [this.winners, this.losers] = [new Leaders(most), new Leaders(most)];
    [this.changed, this.refusals] = [new Leaders(most), new Leaders(5 * most)];
  }

  /** `own` = members whose whole story the group is; the others are there to judge them. */
  add(compared: Compared, own: ReadonlySet<string>): void {
    const { ownership, known, now } = compared.judged;
    const whose = (member: string) => ownership.memberAt(member, now);
    const flows = {
      before: this.flowsOf(compared.before, own, whose, 'before'),
      after: this.flowsOf(compared.after, own, whose, 'after'),
    };
    for (const member of Object.keys(compared.before.members)) {
      if (own.has(member)) this.addMember(member, compared, flows);
    }
    for (const order of known.orders) {
      const owner = ownership.ownerOf(order)?.member.id;
      if (owner !== undefined && own.has(owner)) this.addOrder(order, whose(owner), compared);
    }
    for (const { redemption, why } of compared.refused) this.addRefusal(redemption, why, compared, whose);
  }

  private counts(at: number): boolean {
    return this.by.since === null || at >= this.by.since;
  }

  private flowsOf(
    books: Books,
    own: ReadonlySet<string>,
    whose: (member: string) => string,
    side: keyof Sides<unknown>,
  ): Map<string, Flows> {
    const of = new Map<string, Flows>();
    const ofMember = (member: string, unit: string): Flow => {
      const flows = of.get(member) ?? new Map<string, Flow>();
      of.set(member, flows);
      return flowOf(flows, unit);
    };
    for (const move of books.moves) {
      if (!own.has(move.member)) continue;
      const owed = owedBy(move);
      if (owed !== 0n) this.owe(side, this.months.of(move.at), move.unit, owed);
      if (this.counts(move.at)) flowIn(ofMember(whose(move.member), move.unit), move);
    }
    for (const [member, { units }] of Object.entries(books.members)) {
      if (!own.has(member)) continue;
      for (const [unit, left] of Object.entries(units)) leave(ofMember(member, unit), left);
    }
    for (const flows of of.values()) {
      for (const [unit, flow] of flows) addFlow(flowOf(this.units[side], unit), flow);
    }
    return of;
  }

  private owe(side: keyof Sides<unknown>, month: string, unit: string, points: bigint): void {
    const of = this.owed[side].get(month) ?? {};
    of[unit] = (of[unit] ?? 0n) + points;
    this.owed[side].set(month, of);
  }

  private addMember(member: string, { before, after }: Compared, flows: Sides<Map<string, Flows>>): void {
    const has = (side: keyof Sides<unknown>): Points =>
      Object.fromEntries([...(flows[side].get(member) ?? [])].map(([unit, flow]) => [unit, kept(flow)]));
    const both = { before: has('before'), after: has('after') };
    const gain = this.worth.gain(both);
    for (const unit of new Set([...Object.keys(both.before), ...Object.keys(both.after)]))
      this.spreads.add(unit, (both.after[unit] ?? 0n) - (both.before[unit] ?? 0n));
    const tier = { before: before.members[member]?.tier ?? null, after: after.members[member]?.tier ?? null };
    this.members.counted++;
    this.members[gain > 0n ? 'better' : gain < 0n ? 'worse' : 'same']++;
    const pair = JSON.stringify(tier);
    const met = this.tiers.get(pair) ?? { from: tier.before, to: tier.after, members: 0 };
    this.tiers.set(pair, { ...met, members: met.members + 1 });
    const line = (): MemberLine => ({
      ...{ member, publicId: null, tier, money: this.moneyOf(both) },
      stayed: { before: written(both.before), after: written(both.after) },
    });
    if (gain > 0n) this.winners.offer(gain, member, line);
    if (gain < 0n) this.losers.offer(-gain, member, line);
  }

  private moneyOf({ before, after }: Sides<Points>): Sides<number> {
    return { before: this.worth.money('before', before), after: this.worth.money('after', after) };
  }

  private addOrder({ id, placed }: KnownOrder, member: string, { before, after }: Compared): void {
    if (!this.counts(placed)) return;
    this.orders.counted++;
    const [left, right] = [before.decisions[`order:${id}`], after.decisions[`order:${id}`]];
    this.days.add(placed, { before: left?.gives ?? {}, after: right?.gives ?? {} });
    if (!left || !right || sameGives(left, right)) return;
    this.orders.different++;
    const gives = { before: left.gives, after: right.gives };
    const gain = this.worth.gain(gives);
    this.changed.offer(gain < 0n ? -gain : gain, id, () => ({
      ...{ order: id, member, publicId: null, placed, money: this.moneyOf(gives) },
      gives: { before: written(left.gives), after: written(right.gives) },
      reason: { before: left.reason, after: right.reason },
      first: firstDifference(left, right),
    }));
  }

  private addRefusal(id: string, why: string, { judged }: Compared, whose: (member: string) => string): void {
    const one = judged.known.reservations.find((reservation) => reservation.id === id);
    if (!one) return;
    this.why.set(why, (this.why.get(why) ?? 0) + 1);
    this.refusals.offer(BigInt(one.points), id, () => ({
      ...{ redemption: id, member: whose(one.member), publicId: null },
      ...{ reward: one.reward, unit: one.unit, points: String(one.points), why },
    }));
  }

  report(): SimulationReport {
    const { now, since } = this.by;
    const units = new Set([...this.units.before.keys(), ...this.units.after.keys()]);
    return {
      ...{ now, since, money: this.rules, members: this.members, orders: this.orders },
      units: Object.fromEntries([...units].sort().map((unit) => [unit, this.unitReport(unit)])),
      liability: this.curve(),
      spread: this.spreads.report(),
      days: this.days.report(),
      tiers: [...this.tiers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
      rankedBy: this.worth.rankedBy,
      winners: this.winners.list(),
      losers: this.losers.list(),
      changedOrders: this.changed.list(),
      refused: {
        counted: [...this.why.values()].reduce((sum, many) => sum + many, 0),
        why: Object.fromEntries([...this.why].sort(([a], [b]) => (a < b ? -1 : 1))),
        lines: this.refusals.list(),
      },
    };
  }

  private unitReport(unit: string): SimulationReport['units'][string] {
    const of = (side: keyof Sides<unknown>) => {
      const flow = this.units[side].get(unit) ?? nothing();
      const { given, takenBack, redeemed, returned, expired, available, pending, held } = flow;
      const money = (points: bigint, how?: 'ceil') => this.worth.money(side, { [unit]: points }, how);
      return {
        points: writtenFlow(flow),
        money: {
          ...{ given: money(given - takenBack), redeemed: money(redeemed - returned), expired: money(expired) },
          liability: money(available + pending + held, 'ceil'),
        },
      };
    };
    const [before, after] = [of('before'), of('after')];
    return {
      points: { before: before.points, after: after.points },
      money: { before: before.money, after: after.money },
    };
  }

  private curve(): SimulationReport['liability'] {
    const met = [...this.owed.before.keys(), ...this.owed.after.keys()].sort();
    const last = this.months.of(this.by.now);
    const from = this.by.since === null ? (met[0] ?? last) : this.months.of(this.by.since);
    const sums: Sides<Points> = { before: {}, after: {} };
    const curve: SimulationReport['liability'] = [];
    for (const month of Months.between(met[0] !== undefined && met[0] < from ? met[0] : from, last)) {
      for (const side of SIDES) {
        for (const [unit, points] of Object.entries(this.owed[side].get(month) ?? {})) {
          sums[side][unit] = (sums[side][unit] ?? 0n) + points;
        }
      }
      if (month < from) continue;
      curve.push({
        month,
        points: { before: written(sums.before), after: written(sums.after) },
        money: {
          before: this.worth.money('before', sums.before, 'ceil'),
          after: this.worth.money('after', sums.after, 'ceil'),
        },
      });
    }
    return curve;
  }
}

const rulesNow = ({ versions, now }: Comparing, side: keyof Sides<unknown>): ProgramRules =>
  versionAt(versions[side], now).rules;

function flowOf(flows: Flows, unit: string): Flow {
  let flow = flows.get(unit);
  if (!flow) flows.set(unit, (flow = nothing()));
  return flow;
}

function sameGives({ gives: a }: Decision, { gives: b }: Decision): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((unit) => (a[unit] ?? 0n) === (b[unit] ?? 0n));
}

function written(points: Points): Record<string, string> {
  return Object.fromEntries(
    Object.entries(points)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([unit, many]) => [unit, many.toString()]),
  );
}

function writtenFlow(flow: Flow): Record<keyof Flow, string> {
  return Object.fromEntries(Object.entries(flow).map(([key, points]) => [key, String(points)])) as Record<
    keyof Flow,
    string
  >;
}

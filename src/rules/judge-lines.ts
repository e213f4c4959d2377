import { allocate } from '../commerce/money.js';
import type { Because } from './books.js';
import type { Compiled, Conditions, RuleReady, UnitRulesReady } from './compile.js';
import type { Asked } from './conditions/index.js';
import { ruleFigures } from './earning/index.js';
import type { OffShipping } from './earning/kind.js';
import { addedBy, jointOn } from './factors.js';
import type { Joint, Matching } from './factors.js';
import { compare, fraction, ONE, overOne, plus, round, show, times, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Facts, Judgement } from './judgement.js';
import { baseLines, sumOf } from './remains.js';
import { placeOf } from './rule-limits.js';
import type { LimitReady } from './rule-limits.js';
import type { BaseLine, Remains } from './remains.js';

interface Bases {
  lines: BaseLine[];
  /** What conditions are asked of in this reading of the base. */
  asked: Asked;
}

/** What the lines give: the whole of FORMAT section 3. Pure arithmetic over what remains of the order. */
export function judgeLines(compiled: Compiled, facts: Facts, remains: Remains): Judgement {
  const bases: Bases[] = compiled.bases.map((base) => {
    const { order, pins, scale } = facts;
    const lines = baseLines(order, remains, base, scale);
    return { lines, asked: { order, pins, scale, remains, base: sumOf(lines) } };
  });
  const out: Judgement = {
    gives: {},
    lines: {},
    extra: {},
    missed: [],
    promotions: {},
    gains: {},
    used: {},
    apart: {},
    base: bases[0]?.asked.base ?? ZERO,
    some: false,
    because: [],
  };
  for (const ready of compiled.units) new UnitJudge(compiled, ready, facts, bases, out).judge();
  return out;
}

/** Lines that one claiming rule took, with what they earn plainly. */
interface Claimed {
  rule: RuleReady;
  lines: BaseLine[];
  plain: Fraction[];
  /** What the rule's limits leave of it. */
  share: Fraction;
}

class UnitJudge {
  private readonly claimed: Claimed[] = [];
  private additions = 0n;
  private readonly tier: Fraction;
  private readonly compiled: Compiled;
  private readonly ready: UnitRulesReady;
  private readonly facts: Facts;
  private readonly bases: Bases[];
  private readonly out: Judgement;

  constructor(compiled: Compiled, ready: UnitRulesReady, facts: Facts, bases: Bases[], out: Judgement) {
    this.compiled = compiled;
    this.ready = ready;
    this.facts = facts;
    this.bases = bases;
    this.out = out;
    const level = facts.pins.tier;
    this.tier = level !== null && compiled.multiplies.has(ready.unit) ? (compiled.multipliers.get(level) ?? ONE) : ONE;
  }

  judge(): void {
    this.claimLines();
    const matching = this.matchPromotions();
    this.explainFactors(matching);
    const free = matching.filter(({ ready }) => ready.ceiling === null && ready.limits.length === 0);
    let total = this.total(free);
    let previous = total.points;
    let extra = total.additions;
    const applied = new Set(free);
    for (const match of matching) {
      if (free.includes(match)) continue;
      applied.add(match);
      const next = this.total(matching.filter((one) => applied.has(one)));
      const gain = next.points > previous ? next.points - previous : 0n;
      previous = next.points;
      const limited = this.limited(match.ready, gain);
      const part = match.ready.ceiling === null ? limited : this.grant(match.ready.id, limited);
      if (part === 0n) continue;
      const added = addedBy(match);
      extra += part < added ? part : added;
      total = { ...next, points: total.points + part };
    }
    this.write(total.points, extra, total.exact);
  }

  /** Every rule in the written order: which lines it claims or what it adds, or why it does not apply. */
  private claimLines(): void {
    const taken = new Set<number | null>();
    for (const rule of this.ready.rules) {
      const bases = this.bases[rule.base];
      if (!bases) continue;
      const why = this.failed(rule, bases);
      if (why !== null) {
        this.out.missed.push({ id: rule.id, why });
        continue;
      }
      const matching = bases.lines.filter((line) => this.matches(rule, line));
      if (!rule.payer.claims) {
        const points = this.limited(rule, rule.payer.pay(matching, this.offShipping()));
        this.additions += points;
        this.setApart(rule, points);
        if (points > 0n) this.explain(rule.id, rule.rule.kind, { n: points, d: 1n }, ruleFigures(rule.rule));
        continue;
      }
      const lines = matching.filter((line) => !taken.has(line.line));
      if (lines.length === 0) continue;
      for (const line of lines) taken.add(line.line);
      const whole = rule.payer.pay(lines, null);
      const share = this.shareOf(rule, whole.reduce(plus, ZERO));
      const plain = share === ONE ? whole : whole.map((points) => times(points, share));
      this.claimed.push({ rule, lines, plain, share });
      const exact = plain.reduce(plus, ZERO);
      this.explain(rule.id, rule.rule.kind, exact, { ...ruleFigures(rule.rule), base: show(sumOf(lines)) });
    }
  }

  private offShipping(): OffShipping {
    const { order, scale } = this.facts;
    if (!order.shippingOff) return null;
    const { amount } = order.shippingOff;
    return amount === null ? 'untold' : times(fraction(amount), scale);
  }

  /** The first condition that fails, by name; "where" when no line with base left matches. */
  private failed(rule: RuleReady, bases: Bases): string | null {
    const why = rule.when?.(bases.asked) ?? null;
    if (why !== null) return why;
    return bases.lines.some((line) => this.matches(rule, line)) ? null : 'where';
  }

  /** Shipping is a line of its own that only rules without `where` match. */
  private matches(rule: { where: RuleReady['where'] }, line: BaseLine): boolean {
    if (line.base.n <= 0n) return false;
    if (line.line === null) return rule.where === null;
    const of = this.facts.order.lines[line.line];
    if (of === undefined) return false;
    return rule.where === null || rule.where(of, { items: line.items, scale: this.facts.scale });
  }

  /** Promotions match only lines that earn more than nothing. */
  private matchPromotions(): Matching[] {
    const out: Matching[] = [];
    for (const ready of this.ready.promotions) {
      const bases = this.bases[ready.base];
      const why = bases && ready.when ? ready.when(bases.asked) : null;
      if (why !== null) {
        this.out.missed.push({ id: ready.id, why });
        continue;
      }
      const match: Matching = { ready, lines: new Set(), items: 0 };
      for (const { lines, plain } of this.claimed) {
        lines.forEach((line, i) => {
          if ((plain[i]?.n ?? 0n) <= 0n || !this.matches(ready, line)) return;
          match.lines.add(line.line);
          match.items += line.items;
        });
      }
      if (match.lines.size === 0) this.out.missed.push({ id: ready.id, why: 'where' });
      else out.push(match);
    }
    return out;
  }

  /** Exact points of the claimed lines with these promotions, rounded once, and all additions. */
  private total(promotions: readonly Matching[]): {
    points: bigint;
    additions: bigint;
    exact: Map<number | null, Fraction>;
  } {
    const factors = promotions.filter((match) => match.ready.promotion.factor !== undefined);
    const exact = new Map<number | null, Fraction>();
    let sum = ZERO;
    for (const { rule, lines, plain, share } of this.claimed) {
      if (!rule.payer.claims) continue;
      const plainly = factors.length === 0 && this.tier === ONE;
      const points = plainly
        ? plain
        : rule.payer.pay(
            lines,
            lines.map((line) => this.jointOn(line, factors).factor),
          );
      lines.forEach((line, i) => {
        const of = plainly ? (plain[i] ?? ZERO) : times(points[i] ?? ZERO, share);
        sum = plus(sum, of);
        exact.set(line.line, of);
      });
    }
    const additions = promotions.reduce((all, match) => all + addedBy(match), this.additions);
    if (sum.n > 0n || additions > 0n) this.out.some = true;
    return { points: round(sum, this.ready.rounding) + additions, additions, exact };
  }

  private jointOn(line: BaseLine, factors: readonly Matching[]): Joint {
    return jointOn(line.line, factors, this.tier, this.compiled.rules.stacking);
  }

  /** The share of a claiming rule's points that its limits leave. Rounded as the unit is, so that a limit is never passed. */
  private shareOf(rule: RuleReady, exact: Fraction): Fraction {
    if (rule.limits.length + rule.shared.length === 0 || exact.n <= 0n) return ONE;
    const points = round(exact, this.ready.rounding);
    const left = this.limited(rule, points);
    return left < points ? { n: left * exact.d, d: exact.n } : ONE;
  }

  /** What the limits of a rule leave of its points: the member's by what is left of them, those of all together first come. */
  private limited(of: Conditions, points: bigint): bigint {
    const shared = this.leftByShared(of, points);
    let left = shared;
    for (const limit of of.limits) {
      const room = this.roomOf(of.id, limit, left);
      if (limit.counts === 'times') left = room > 0n ? left : 0n;
      else if (room < left) left = room;
    }
    if (left === 0n && shared > 0n) this.out.missed.push({ id: of.id, why: 'limit' });
    if (of.limits.length > 0) this.out.used[of.id] = left;
    for (const { key } of of.shared) this.out.used[key] = (this.out.used[key] ?? 0n) + left;
    return left;
  }

  /** Of limits over several rules, what the member's earlier activities leave of them, and this order's rules before this one. */
  private leftByShared({ shared }: Conditions, points: bigint): bigint {
    let left = points;
    for (const { key, id, why, limits } of shared) {
      const before = left;
      const had = this.out.used[key] ?? 0n;
      for (const limit of limits) {
        const room = this.facts.room(key, limit) - (limit.counts === 'points' ? had : 0n);
        if (limit.counts === 'times') left = room > 0n || had > 0n ? left : 0n;
        else if (room < left) left = room > 0n ? room : 0n;
      }
      const isTold = this.out.missed.some((one) => one.id === id && one.why === why);
      if (left < before && !isTold) this.out.missed.push({ id, why });
    }
    return left;
  }

  private roomOf(rule: string, limit: LimitReady, points: bigint): bigint {
    if (limit.per === 'order') return limit.most;
    if (limit.of === 'member') return this.facts.room(rule, limit);
    const gain = limit.counts === 'points' ? points : points > 0n ? 1n : 0n;
    return this.grant(placeOf(rule, limit, this.facts.pins.moment), gain);
  }

  /** First come: the part that was recorded for this order, never more than what the promotion gives now. */
  private grant(id: string, gain: bigint): bigint {
    const { grants } = this.facts;
    const granted = grants === null ? gain : BigInt(grants[id] ?? 0);
    const part = granted < gain ? granted : gain;
    this.out.gains[id] = gain;
    this.out.promotions[id] = part;
    return part;
  }

  /** Which promotions and which tier had a part in it, in the order in which they are written. */
  private explainFactors(matching: readonly Matching[]): void {
    for (const match of matching) {
      const { factor, id } = match.ready.promotion;
      if (factor !== undefined) this.explain(id, 'promotion', match.ready.factor, { factor });
      const added = addedBy(match);
      if (added > 0n) this.explain(id, 'addition', { n: added, d: 1n }, {});
    }
    const level = this.facts.pins.tier;
    if (level !== null && this.tier !== ONE && compare(this.tier, ONE) !== 0 && this.claimed.length > 0) {
      this.explain(level, 'tier', this.tier, { factor: show(this.tier) });
    }
    const cut = this.claimed
      .flatMap(({ lines }) => lines.map((line) => this.jointOn(line, matching)))
      .find((one) => one.cut);
    if (cut) this.explain('stacking', 'most', cut.factor, { factor: show(cut.factor) });
  }

  private explain(rule: string, kind: string, exact: Fraction, figures: Because['figures']): void {
    this.out.because.push({ rule, kind, unit: this.ready.unit, exact: show(exact), figures });
  }

  /** Points to lines by largest remainder of the lines' exact points; what belongs to no line is extra (FORMAT 3.7). */
  private write(points: bigint, extra: bigint, exact: Map<number | null, Fraction>): void {
    const { unit } = this.ready;
    if (points > 0n) this.out.gives[unit] = points;
    if (extra > 0n) this.out.extra[unit] = extra;
    const keys = [...exact.keys()].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    if (keys.length === 0) return;
    const parts = allocate(points - extra, overOne(keys.map((key) => exact.get(key) ?? ZERO)));
    const lines: Record<string, bigint> = {};
    keys.forEach((key, i) => {
      lines[this.nameOf(key)] = parts[i] ?? 0n;
    });
    this.out.lines[unit] = lines;
    for (const claimed of this.claimed) {
      for (const line of claimed.lines) this.setApart(claimed.rule, lines[this.nameOf(line.line)] ?? 0n);
    }
  }

  private nameOf(line: number | null): string {
    return line === null ? 'shipping' : (this.facts.order.lines[line]?.id ?? '');
  }

  /** What a rule with terms of its own gives lives by them: its lines with all factors; what promotions add does not. */
  private setApart({ id, rule }: RuleReady, points: bigint): void {
    if (rule.expiry === undefined || points === 0n) return;
    const of = (this.out.apart[this.ready.unit] ??= {});
    of[id] = (of[id] ?? 0n) + points;
  }
}

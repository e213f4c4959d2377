import type { Millis } from '../lib/clock.js';
import { cutShort, endOfLot, slides } from './expiry.js';
import { bySpending, drawingOrder } from './lots.js';
import type { Lot, Spending } from './lots.js';
import type { AccountKind, Move, MoveKind } from './moves.js';

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** When the program ends by the rules in force: the same for all its accounts, and moved by a publication. */
export interface ProgramEnd {
  redeemsUntil: Millis;
}

/**
 * The points of one unit of one member, lot by lot. Each method is one step of FORMAT 7 and 9 at one instant and writes
 * the moves that it makes; the replay calls them in the order of FORMAT 9.9.
 */
export class Account {
  readonly member: string;
  readonly unit: string;
  lots: Lot[] = [];
  spendings: Spending[] = [];
  private readonly moves: Move[];
  private readonly program: ProgramEnd;

  constructor(member: string, unit: string, moves: Move[], program: ProgramEnd) {
    this.member = member;
    this.unit = unit;
    this.moves = moves;
    this.program = program;
  }

  private move(
    at: Millis,
    cause: string,
    kind: MoveKind,
    from: AccountKind,
    to: AccountKind,
    points: bigint,
    lot = '',
  ): void {
    if (points <= 0n) return;
    this.moves.push({ at, member: this.member, unit: this.unit, cause, kind, from, to, lot, points });
  }

  private usable(): Lot[] {
    const lots = this.lots.filter((lot) => lot.left > 0n && !lot.ended && lot.matured);
    return lots.length > 1 ? lots.sort(drawingOrder) : lots;
  }

  available(): bigint {
    return this.usable().reduce((sum, lot) => sum + lot.left, 0n);
  }

  debt(): bigint {
    return this.spendings.reduce((sum, spending) => sum + spending.owed, 0n);
  }

  /** An activity moves the end of all lots that live by inactivity; it revives none. */
  stir(at: Millis): void {
    for (const lot of this.lots) {
      if (!slides(lot.expiry) || lot.ended || lot.revived) continue;
      const lasts = endOfLot(lot.compiled, lot.expiry, Math.max(lot.fresh, at));
      if (lasts !== null && lasts > (lot.lasts ?? 0)) this.last(lot, lasts);
    }
  }

  /** The program's end was announced or put off: what lives ends by it. */
  followProgram(): void {
    for (const lot of this.lots) if (!lot.ended) this.last(lot, lot.lasts);
  }

  /** Lots whose end has come lapse. */
  end(at: Millis): void {
    for (const lot of this.lots) {
      if (lot.ended || lot.ends === null || lot.ends > at) continue;
      lot.ended = true;
      this.lapse(lot, at, lot.left, accountOf(lot), 'expire');
    }
  }

  private lapse(lot: Lot, at: Millis, points: bigint, from: AccountKind, kind: MoveKind, cause = lot.cause): void {
    lot.left -= points;
    lot.lapsed += points;
    this.move(at, cause, kind, from, 'expired', points, lot.of);
  }

  /** A rise of the lot's activity: what of it was forgiven is settled first, the rest is the member's (FORMAT 9.7). */
  rise(lot: Lot, points: bigint, at: Millis): void {
    lot.given += points;
    let rest = points;
    for (const spending of this.spendings) {
      const part = least(rest, spending.forgiven.get(lot) ?? 0n);
      if (part === 0n) continue;
      spending.forgiven.set(lot, (spending.forgiven.get(lot) ?? 0n) - part);
      this.drawFrom(spending, lot, part);
      this.move(at, lot.cause, 'forgive', 'issued', 'forgiven', part, lot.of);
      rest -= part;
    }
    if (rest === 0n) return;
    if (lot.usable <= at && lot.left === 0n) lot.matured = true;
    const to = accountOf(lot);
    lot.left += rest;
    this.move(at, lot.cause, lot.kind, 'issued', to, rest, lot.of);
    if (lot.ended) this.lapse(lot, at, rest, to, 'expire');
  }

  /** Pending lots whose time has come can be used. */
  mature(at: Millis): void {
    for (const lot of this.lots) {
      if (lot.matured || lot.usable > at) continue;
      lot.matured = true;
      this.move(at, lot.cause, 'mature', 'pending', 'available', lot.left, lot.of);
    }
  }

  /** A fall of the lot's activity: what lapsed, then what is left, then what was spent from it, latest spending first. */
  fall(lot: Lot, points: bigint, at: Millis): void {
    lot.given -= points;
    const lapsed = least(points, lot.lapsed);
    lot.lapsed -= lapsed;
    this.move(at, lot.cause, 'take-back', 'expired', 'issued', lapsed, lot.of);
    const left = least(points - lapsed, lot.left);
    lot.left -= left;
    this.move(at, lot.cause, 'take-back', accountOf(lot), 'issued', left, lot.of);
    let spent = points - lapsed - left;
    for (const spending of [...this.spendings].reverse()) {
      if (spent === 0n) break;
      spent -= this.replaceDraws(spending, lot, spent, at);
    }
  }

  /** Takes up to `points` of a spending off the lot and covers them from other lots, or owes or forgives them. */
  private replaceDraws(spending: Spending, lot: Lot, points: bigint, at: Millis): bigint {
    let freed = 0n;
    for (const draw of [...spending.draws].reverse()) {
      if (draw.lot !== lot) continue;
      const part = least(points - freed, draw.points);
      draw.points -= part;
      freed += part;
    }
    if (freed === 0n) return 0n;
    spending.draws = spending.draws.filter((draw) => draw.points > 0n);
    lot.drawn -= freed;
    const rest = this.drawUsable(spending, freed, (part, from) =>
      this.move(at, lot.cause, 'take-back', 'available', 'issued', part, from.of),
    );
    if (rest === 0n) return freed;
    if (lot.clawback === 'zero') {
      spending.forgiven.set(lot, (spending.forgiven.get(lot) ?? 0n) + rest);
      this.move(at, lot.cause, 'forgive', 'forgiven', 'issued', rest, lot.of);
    } else {
      spending.owed += rest;
      this.move(at, lot.cause, 'owe', 'debt', 'issued', rest, lot.of);
    }
    return freed;
  }

  private drawFrom(spending: Spending, lot: Lot, points: bigint): void {
    lot.drawn += points;
    const last = spending.draws.at(-1);
    if (last?.lot === lot) last.points += points;
    else spending.draws.push({ lot, points });
  }

  private drawUsable(spending: Spending, points: bigint, drew: (part: bigint, lot: Lot) => void): bigint {
    let rest = points;
    if (rest === 0n) return rest;
    for (const lot of this.usable()) {
      const part = least(rest, lot.left);
      lot.left -= part;
      this.drawFrom(spending, lot, part);
      drew(part, lot);
      rest -= part;
      if (rest === 0n) break;
    }
    return rest;
  }

  /** Takes more for a spending; what usable points do not cover is owed. */
  draw(spending: Spending, points: bigint, at: Millis, kind: MoveKind): void {
    const { cause, to } = spending;
    spending.taken += points;
    const rest = this.drawUsable(spending, points, (part, lot) =>
      this.move(at, cause, kind, 'available', to, part, lot.of),
    );
    spending.owed += rest;
    this.move(at, cause, kind, 'debt', to, rest);
  }

  /** Points of a spending come back: its owed part first, then its forgiven part, then its lots, last drawn first. */
  giveBack(spending: Spending, points: bigint, at: Millis, cause = spending.cause): void {
    const { to } = spending;
    spending.taken -= points;
    const owed = least(points, spending.owed);
    spending.owed -= owed;
    this.move(at, cause, 'give-back', to, 'debt', owed);
    let rest = points - owed;
    for (const [lot, part] of spending.forgiven) {
      const back = least(rest, part);
      spending.forgiven.set(lot, part - back);
      this.move(at, cause, 'give-back', to, 'forgiven', back, lot.of);
      rest -= back;
    }
    while (rest > 0n) {
      const last = spending.draws.at(-1);
      if (!last) break;
      const back = least(rest, last.points);
      last.points -= back;
      if (last.points === 0n) spending.draws.pop();
      this.putBack(last.lot, back, at, cause, to);
      rest -= back;
    }
  }

  /** The lot lasts until then, or until the program ends. */
  last(lot: Lot, until: Millis | null): void {
    lot.lasts = until;
    lot.ends = cutShort(until, this.program.redeemsUntil);
  }

  /** Into the lot it came from; if that has ended, it lives once for the days of grace (FORMAT 7.4). */
  private putBack(lot: Lot, points: bigint, at: Millis, cause: string, from: AccountKind): void {
    lot.drawn -= points;
    if (lot.ended && !lot.revived) {
      lot.revived = true;
      const grace = lot.compiled.rules.units[lot.unit]?.returnGraceDays ?? 0;
      this.last(lot, lot.compiled.calendar.addDays(at, grace));
      lot.ended = lot.ends !== null && lot.ends <= at;
    }
    if (lot.ended) {
      lot.left += points;
      this.lapse(lot, at, points, from, 'give-back', cause);
      return;
    }
    lot.left += points;
    this.move(at, cause, 'give-back', from, 'available', points, lot.of);
  }

  /** An order carried the code: what was held is redeemed. */
  capture(spending: Spending, at: Millis): void {
    spending.to = 'redeemed';
    this.move(at, spending.cause, 'capture', 'held', 'redeemed', spending.taken);
  }

  /** Usable points pay what is owed, oldest spending first: a debt and usable points never stand side by side. */
  settle(at: Millis): void {
    for (const spending of this.spendings) {
      if (spending.owed === 0n) continue;
      spending.owed = this.drawUsable(spending, spending.owed, (part, lot) =>
        this.move(at, spending.cause, 'settle', 'available', 'debt', part, lot.of),
      );
    }
  }

  /** Everything becomes the other member's. */
  mergeInto(other: Account, at: Millis): void {
    const owners = { member: other.member, fromMember: this.member };
    for (const lot of this.lots) {
      this.hand(owners, at, accountOf(lot), lot.left, lot.of);
      lot.member = other.member;
    }
    for (const spending of this.spendings) {
      if (spending.to === 'held') this.hand(owners, at, 'held', spending.taken, '');
      if (spending.owed > 0n) {
        // A debt is a balance below zero: the new owner's falls, the old one's rises to nothing.
        this.hand({ member: this.member, fromMember: other.member }, at, 'debt', spending.owed, '');
      }
      spending.member = other.member;
    }
    other.lots.push(...this.lots);
    other.spendings.push(...this.spendings);
    other.spendings.sort(bySpending);
    this.lots = [];
    this.spendings = [];
  }

  private hand(
    owners: Pick<Move, 'member' | 'fromMember'>,
    at: Millis,
    account: AccountKind,
    points: bigint,
    lot: string,
  ): void {
    if (points <= 0n) return;
    const cause = `merge:${this.member}`;
    this.moves.push({ at, ...owners, unit: this.unit, cause, kind: 'merge', from: account, to: account, lot, points });
  }
}

function accountOf(lot: Lot): AccountKind {
  return lot.matured ? 'available' : 'pending';
}

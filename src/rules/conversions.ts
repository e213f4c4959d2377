import type { Millis } from '../lib/clock.js';
import type { Account } from './account.js';
import type { Accounts } from './accounts.js';
import { addMonthsToDate, Calendar, civilOf, dayNumber } from './calendar.js';
import { compile } from './compile.js';
import { expiryOf } from './expiry.js';
import type { Known } from './known.js';
import { openLot } from './lots.js';
import type { Lot, Spending } from './lots.js';
import type { Conversion, ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** Points that became something else: whose they were then, what was taken, and what it gave. */
interface Converted {
  by: string;
  rule: Conversion;
  spending: Spending;
  lot: Lot;
}

/**
 * Points that turn into something by themselves, at the end of an instant, when everything else has been played: each is a
 * spending of its own (`convert:<member>:<rule>#K`) that gives a lot of the same name. What lapses of it unused becomes the points
 * again that it was made of, where the rule says so. What is taken back of the points then undoes conversions that are unused, the
 * last first, or is owed.
 */
export class Conversions {
  readonly spendings: Spending[] = [];
  private readonly all: Converted[] = [];
  private readonly made = new Map<string, number>();
  private readonly known: Known;
  private readonly accounts: Accounts;

  constructor(known: Known, accounts: Accounts) {
    this.known = known;
    this.accounts = accounts;
  }

  play(at: Millis): void {
    const { rules } = versionAt(this.known.rules, at);
    this.giveBackLapsed(at);
    for (const account of this.accounts.list()) this.undo(account, at);
    for (const rule of rules.converts ?? []) {
      if (rule.when !== 'at-once' && !isEnd(compile(rules).calendar, rule.when, at)) continue;
      for (const account of this.accounts.list()) if (account.unit === rule.unit) this.convert(rule, account, at);
    }
    // what they became may have a last day that is past
    this.giveBackLapsed(at);
  }

  private convert(rule: Conversion, account: Account, at: Millis): void {
    const full = account.available() / BigInt(rule.every);
    const times = rule.atMost !== undefined && full > rule.atMost ? BigInt(rule.atMost) : full;
    if (times === 0n) return;
    const { member } = account;
    const key = `convert:${member}:${rule.id}#${this.next(`${member}\n${rule.id}`)}`;
    const points = times * BigInt(rule.every);
    const of = { key, cause: key, member, unit: rule.unit, at, to: 'redeemed' as const };
    const spending: Spending = { ...of, taken: 0n, owed: 0n, draws: [], forgiven: new Map() };
    account.spendings.push(spending);
    account.draw(spending, points, at, 'spend');
    const into = this.accounts.of(member, rule.pays.unit, at);
    const lot = this.lotOf(rule, key, member, at);
    into.lots.push(lot);
    if (lot.ends !== null && lot.ends <= at) lot.ended = true;
    into.rise(lot, times * BigInt(rule.pays.gives), at);
    into.settle(at);
    this.spendings.push(spending);
    this.all.push({ by: member, rule, spending, lot });
  }

  private next(key: string): number {
    const next = (this.made.get(key) ?? 0) + 1;
    this.made.set(key, next);
    return next;
  }

  private lotOf({ pays: { unit } }: Conversion, key: string, member: string, at: Millis): Lot {
    const compiled = compile(versionAt(this.known.rules, at).rules);
    const dates = { earned: at, usable: at, fresh: at };
    const terms = { of: key, cause: key, kind: 'earn' as const, unit, compiled, expiry: expiryOf(compiled, unit) };
    return openLot({ ...terms, ...dates }, member, this.accounts.activeAt(member), this.accounts.program.redeemsUntil);
  }

  /** Points are owed: what they became and is unused goes back for as many of them as that takes. */
  private undo(account: Account, at: Millis): void {
    if (account.debt() === 0n) return;
    for (const one of [...this.all].reverse().sort(lastFirst)) {
      const debt = account.debt();
      if (debt === 0n) return;
      const { rule, spending, lot } = one;
      if (spending.member !== account.member || rule.unit !== account.unit || rule.onReturn === 'stays') continue;
      const [every, gives] = [BigInt(rule.every), BigInt(rule.pays.gives)];
      const unused = lot.ended || gives === 0n ? 0n : lot.left / gives;
      const asked = (debt + every - 1n) / every;
      const times = unused < asked ? unused : asked;
      if (times > 0n) this.unmake(one, times, account, at);
    }
  }

  /** Whose points come back when what they became lapses, and when that is unless it is used first. */
  lapses(): [member: string, at: Millis | null][] {
    const waiting = this.all.filter(({ rule, lot }) => rule.onLapse === 'back' && lot.left > 0n && !lot.ended);
    return waiting.map(({ lot }) => [lot.member, lot.ends]);
  }

  /** What lapsed unused is what it was made of again (`lapse:<member>:<rule>#K`), in the lots that it came from: their terms go on. */
  private giveBackLapsed(at: Millis): void {
    for (const one of this.all) {
      const { rule, spending, lot } = one;
      const gives = BigInt(rule.pays.gives);
      const times = rule.onLapse === 'back' && lot.ended && gives > 0n ? lot.lapsed / gives : 0n;
      if (times === 0n) continue;
      const account = this.accounts.of(spending.member, spending.unit, at);
      this.unmake(one, times, account, at, spending.key.replace(/^convert:/, 'lapse:'));
    }
  }

  private unmake(
    { rule, spending, lot }: Converted,
    times: bigint,
    account: Account,
    at: Millis,
    cause = spending.cause,
  ): void {
    this.accounts.of(lot.member, lot.unit, at).fall(lot, times * BigInt(rule.pays.gives), at);
    account.giveBack(spending, times * BigInt(rule.every), at, cause);
    account.settle(at);
  }
}

/** Of those of one instant, which a merge has brought together, by the names of their members, whatever became known first. */
const lastFirst = (a: Converted, b: Converted): number =>
  b.spending.at - a.spending.at || (a.by === b.by ? 0 : a.by < b.by ? 1 : -1);

/** At which ends points turn into something: of how many months, counted from January. */
export type End = Exclude<Conversion['when'], 'at-once'>;
const MONTHS: Record<End, number> = { 'month-end': 1, 'quarter-end': 3, 'year-end': 12 };

/** Those at which a month or a year ends. */
export const endsOfPeriods: readonly End[] = ['month-end', 'year-end'];

/** The local midnight at which a month, quarter or year begins: the end of the one before. */
function isEnd(calendar: Calendar, end: End, at: Millis): boolean {
  return nextEnd(calendar, end, at - 1) === at;
}

/** The first local midnight after an instant at which the next month, quarter or year begins. */
export function nextEnd(calendar: Calendar, end: End, at: Millis): Millis {
  const here = civilOf(calendar.dayOf(at));
  const left = MONTHS[end] - ((here.month - 1) % MONTHS[end]);
  const { year, month } = addMonthsToDate({ ...here, day: 1 }, left);
  return calendar.startOf(dayNumber(year, month, 1));
}

/** All ends at which any of these rules lets points turn into something. */
export function endsOf(rules: readonly ProgramRules[]): End[] {
  const whens = new Set(rules.flatMap(({ converts }) => (converts ?? []).map(({ when }) => when)));
  return [...whens].filter((when) => when !== 'at-once');
}

/** When something may turn into something by itself next, of what a member has; null = never without a new fact. */
export function nextConversion(rules: ProgramRules, account: Account, now: Millis): Millis | null {
  const own = (rules.converts ?? []).filter(({ unit }) => unit === account.unit);
  const pending = account.lots.filter((lot) => lot.left > 0n && !lot.ended && !lot.matured);
  const instants = own.flatMap((rule) => {
    if (rule.when === 'at-once') return pending.map((lot) => lot.usable);
    return account.lots.some((lot) => lot.left > 0n) ? [nextEnd(Calendar.of(rules.zone), rule.when, now)] : [];
  });
  return instants.length === 0 ? null : Math.min(...instants);
}

import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { endsOfPeriods, nextEnd } from './conversions.js';
import { instantsOf } from './entry-gifts.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { ordersAskForBalance } from './past-needs.js';
import type { Past } from './past.js';
import { Payouts } from './payouts.js';
import type { Allowance, ProgramRules } from './program-rules.js';
import { periodOf } from './rule-limits.js';
import { versionAt } from './versions.js';

/**
 * What members have anew each month or year, to use within it: three alterations, a free add-on. Given at the first instant of
 * the period at which they are entitled to it, once a period, whatever becomes of their level then; what is unused ends with the
 * period. It is a unit like any other, so that each use is a redemption in the ledger, and a return gives it back.
 */
export function allowances(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  past: Past,
  now: Millis,
): Activity[] {
  if (known.members.length === 0 || !known.rules.some(({ rules }) => rules.allowances)) return [];
  const given = new Map<string, { person: string; rule: string; period: string; payouts: Payouts }>();
  const of = (person: string, rule: string, period: string): Payouts => {
    const name = `allowance:${person}:${rule}:${period}`;
    const found = given.get(name) ?? { person, rule, period, payouts: new Payouts(name, person) };
    given.set(name, found);
    return found.payouts;
  };
  for (const at of turnsOf(known, orders, ownership, past, now)) {
    for (const { from, into } of ownership.merges.filter((merge) => merge.at === at)) {
      const owner = ownership.memberAt(into, at);
      for (const one of [...given.values()]) {
        if (one.person !== from) continue;
        const theirs = of(owner, one.rule, one.period);
        theirs.adopt(one.payouts);
        theirs.keep(1, at);
      }
    }
    const compiled = compile(versionAt(known.rules, at).rules);
    if (at < compiled.startsAt || at >= compiled.earnsUntil) continue;
    const people = new Set(known.members.filter((one) => one.joined <= at).map(({ id }) => ownership.memberAt(id, at)));
    for (const rule of compiled.rules.allowances ?? []) {
      const { unit, gives, each } = rule;
      const expiry = { kind: 'period-end' as const, months: 0, period: each };
      for (const person of people) {
        const payouts = of(person, rule.id, periodOf(each, compiled.calendar, at));
        if (payouts.live.length === 0 && isEntitled(known, past, compiled, rule, person, at))
          payouts.fill(1, at, { unit, gives, expiry }, compiled);
      }
    }
  }
  return [...given.values()].flatMap(({ payouts }) => [...payouts.all.values()]);
}

function isEntitled(
  known: Known,
  past: Past,
  { rules }: Compiled,
  { tiers, membership }: Allowance,
  person: string,
  at: Millis,
): boolean {
  if (tiers) {
    // each would hang on the other: such rules are refused (program-rules.ts)
    if (rules.tiers?.basis === 'points' && ordersAskForBalance(known.rules)) return false;
    const level = past.tierAt(person, at, at);
    if (level === null || !tiers.includes(level)) return false;
  }
  return membership !== true || past.membershipAt(person, at, at) !== null;
}

/** Every instant at which somebody may be entitled to something who was not before: what lifts them, and the periods' beginnings. */
function turnsOf(known: Known, orders: readonly OrderCase[], ownership: Ownership, past: Past, now: Millis): Millis[] {
  const all = new Set(instantsOf(known, orders, ownership, past, now));
  const first = Math.min(...known.members.map(({ joined }) => joined));
  for (const { joined } of known.members) all.add(joined);
  for (const { at, starts } of known.gifts ?? []) {
    all.add(at);
    if (starts !== undefined)
      for (const { rules } of known.rules) all.add(compile(rules).calendar.instantOf(`${starts}T00:00`));
  }
  for (const { calendar } of new Set(known.rules.map(({ rules }) => compile(rules)))) {
    for (const end of endsOfPeriods) {
      for (let at = nextEnd(calendar, end, first); at <= now; at = nextEnd(calendar, end, at)) all.add(at);
    }
  }
  return [...all].filter((at) => at <= now).sort((a, b) => a - b);
}

/** When a member has something anew, if nothing changes; null = never. */
export function nextAllowance(rules: ProgramRules, now: Millis): Millis | null {
  const { calendar } = compile(rules);
  const next = (rules.allowances ?? []).map(({ each }) => nextEnd(calendar, `${each}-end`, now));
  return next.length === 0 ? null : Math.min(...next);
}

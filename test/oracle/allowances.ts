import { countsFrom } from './belonging.js';
import type { Allowance } from './beyond.js';
import { dayPlusMonths, instantOf, localTimeOf } from './calendar.js';
import type { Gift } from './gift.js';
import { type Known, selvesOf, whoIs } from './known.js';
import { membershipAt } from './membership.js';
import { giftsBeside, tierAt } from './order-points.js';
import { changesOf } from './referrals.js';
import { inForce, isRunning, type Rules } from './versions.js';

interface Given {
  rule: Allowance;
  rules: Rules;
  period: string;
  member: string;
  at: number;
  /** When they turned out to be another who had it before them. */
  doubled: number;
}

/**
 * What members have anew each month or year: given at the first instant of the local period at which they are entitled to it, and
 * ending with the period (docs/decisions/0015). Losing the level takes nothing back; of two who are one person by now the one that
 * was given first stays.
 */
export function allowanceGifts(known: Known, until: number): Gift[] {
  if (!known.versions.some(({ rules }) => rules.allowances)) return [];
  const given: Given[] = [];
  for (const at of instantsOf(known, until)) {
    for (const { id: member, joined } of known.members.values()) {
      if (joined > at || whoIs(known, member, at) !== member) continue;
      const selves = selvesOf(known, member, at).map(({ id }) => id);
      const theirs = given.filter((one) => one.doubled === Infinity && selves.includes(one.member));
      for (const one of theirs) if (theirs.some((other) => isBefore(other, one))) one.doubled = at;
      const rules = inForce(known.versions, at);
      if (!isRunning(rules, at)) continue;
      for (const rule of rules.allowances ?? []) {
        const period = periodOf(rule, at, rules.zone);
        if (theirs.some((one) => one.rule.id === rule.id && one.period === period)) continue;
        if (isEntitled(known, rule, member, at)) given.push({ rule, rules, period, member, at, doubled: Infinity });
      }
    }
  }
  return given.map(giftOf);
}

/** Of the same thing in the same period, whose was there first. */
const isBefore = (a: Given, b: Given): boolean =>
  a.rule.id === b.rule.id && a.period === b.period && (a.at < b.at || (a.at === b.at && a.member < b.member));

const isEntitled = (known: Known, { tiers, membership }: Allowance, member: string, at: number): boolean =>
  (!tiers || tiers.includes(tierAt(known, member, at, at)?.id ?? '')) &&
  (membership !== true || membershipAt(known, member, at, at) !== null);

function periodOf({ each }: Allowance, at: number, zone: string): string {
  const [year = '', month] = localTimeOf(at, zone).date.split('-');
  return each === 'year' ? year : `${year}-${Number(month)}`;
}

function giftOf({ rule, rules, period, member, at, doubled }: Given): Gift {
  return {
    of: `allowance:${member}:${rule.id}:${period}#1`,
    unit: rule.unit ?? 'points',
    expiry: { kind: 'period-end', months: 0, period: rule.each },
    member,
    counted: at,
    changes: [at, doubled].filter(Number.isFinite),
    amountAt: (t) => (at <= t && t < doubled ? rule.gives : 0),
    datedAt: () => ({ counted: at, usable: at, rules }),
  };
}

/** Whenever something happens, and the midnight that each month begins with, in the zone of each version. */
function instantsOf(known: Known, until: number): number[] {
  const joined = [...known.members.values()].map((member) => member.joined);
  const happened = [
    ...joined,
    ...known.versions.map(({ from }) => from),
    ...known.merges.map(({ at }) => at),
    ...known.visits.map(({ at }) => at),
    ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
    ...giftsBeside(known).flatMap(({ changes }) => changes),
  ];
  const zones = new Set(known.versions.map(({ rules }) => rules.zone));
  const begun = [...zones].flatMap((zone) => monthsOf(zone, Math.min(...joined), until));
  const all = [...happened, ...begun].filter((at) => Number.isFinite(at) && at <= until);
  return [...new Set(all)].sort((a, b) => a - b);
}

function monthsOf(zone: string, from: number, until: number): number[] {
  const months: number[] = [];
  if (!Number.isFinite(from)) return months;
  let date = `${localTimeOf(from, zone).date.slice(0, 7)}-01`;
  for (let at = instantOf(date, zone); at <= until; at = instantOf((date = dayPlusMonths(date, 1)), zone))
    months.push(at);
  return months;
}

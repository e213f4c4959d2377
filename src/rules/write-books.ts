import type { Millis } from '../lib/clock.js';
import type { Account } from './account.js';
import { holderOf } from './activities.js';
import type { Activity } from './activities.js';
import type { Books, Decision, LotState, MemberBooks, SpendingState, UnitBooks } from './books.js';
import { countsAt, deedKey } from './deed-cases.js';
import type { DeedCase } from './deed-cases.js';
import { finalUnits } from './final-units.js';
import { ALL_TAKEN } from './in-vain.js';
import type { Payout } from './goal-awards.js';
import type { Judged } from './judged.js';
import { drawingOrder, forgivenOf } from './lots.js';
import type { Lot, Spending } from './lots.js';
import type { OrderCase } from './order-case.js';
import { stateOf } from './redemptions.js';
import type { Play } from './play.js';
import { standingOf } from './standing.js';
import { nextChanges } from './due.js';
import { versionAt } from './versions.js';

/** What a finished play comes to. */
export function writeBooks(judged: Judged, play: Play): Books {
  const lots: LotState[] = [];
  for (const account of play.accounts.list()) lots.push(...account.lots.map(lotState));
  return {
    members: membersOf(judged, play),
    decisions: forHouseholds(judged, decisionsOf(judged)),
    redemptions: redemptionsOf(judged, play),
    lots: lots.sort(byKey),
    spendings: [...play.spendings.map(({ spending }) => spending), ...(play.conversions?.spendings ?? [])].map(
      spendingState,
    ),
    moves: play.accounts.moves,
  };
}

function lotState(lot: Lot): LotState {
  const { member, unit, of, given, left, lapsed, drawn, earned, usable, ends, matured } = lot;
  return { member, unit, of, given, left, lapsed, drawn, earned, usable, ends, matured };
}

function byKey(a: LotState, b: LotState): number {
  const [left, right] = [`${a.member} ${a.unit} ${a.of}`, `${b.member} ${b.unit} ${b.of}`];
  return left < right ? -1 : 1;
}

function drawsOf(spending: Spending): { of: string; points: bigint }[] {
  const draws = new Map<string, bigint>();
  for (const { lot, points } of spending.draws) if (points > 0n) draws.set(lot.of, (draws.get(lot.of) ?? 0n) + points);
  return [...draws].map(([of, points]) => ({ of, points }));
}

function spendingState(spending: Spending): SpendingState {
  const { key, member, unit, at, taken, owed } = spending;
  return { key, member, unit, at, taken, owed, forgiven: forgivenOf(spending), draws: drawsOf(spending) };
}

function membersOf(judged: Judged, play: Play): Record<string, MemberBooks> {
  const { known, now, ownership } = judged;
  const { rules } = versionAt(known.rules, now);
  const due = nextChanges(judged, play);
  const members: Record<string, MemberBooks> = {};
  for (const member of known.members) {
    if (member.joined > now || ownership.memberAt(member.id, now) !== member.id) continue;
    const units: MemberBooks['units'] = {};
    for (const unit of Object.keys(rules.units)) units[unit] = emptyUnit();
    members[member.id] = { units, ...standingOf(judged, member.id), due: due.get(member.id) ?? null };
  }
  for (const account of play.accounts.list()) {
    const of = members[account.member];
    if (of) of.units[account.unit] = unitBooks(account);
  }
  return members;
}

function emptyUnit(): UnitBooks {
  return { available: 0n, pending: 0n, held: 0n, debt: 0n, lots: [] };
}

function unitBooks(account: Account): UnitBooks {
  const books = emptyUnit();
  const live = account.lots.filter((lot) => lot.left > 0n);
  for (const lot of live) {
    if (lot.matured) books.available += lot.left;
    else books.pending += lot.left;
  }
  for (const spending of account.spendings) {
    books.debt += spending.owed;
    if (spending.to === 'held') books.held += spending.taken;
  }
  const usable = live.filter((lot) => lot.matured).sort(drawingOrder);
  const pending = live.filter((lot) => !lot.matured).sort((a, b) => a.usable - b.usable || drawingOrder(a, b));
  books.lots = [...usable, ...pending].map(lotState);
  return books;
}

function redemptionsOf(judged: Judged, play: Play): Books['redemptions'] {
  const byUse = new Map(play.spendings.map((one) => [one.use, one.spending]));
  const out: Books['redemptions'] = {};
  for (const redemption of judged.redemptions) {
    const spending = byUse.get(redemption.shown);
    if (!spending) continue;
    out[redemption.reservation.id] = {
      state: play.answers.get(redemption.reservation.id) === false ? 'refused' : stateOf(redemption, spending.taken),
      points: spending.taken,
      off: redemption.reservation.off,
      draws: drawsOf(spending),
    };
  }
  return out;
}

function decisionsOf(judged: Judged): Books['decisions'] {
  const { orders, gifts, referrals, now } = judged;
  const out: Books['decisions'] = {};
  for (const order of orders) out[`order:${order.order.id}`] = orderDecision(order, now);
  for (const { review, version, barred, beyond, tooLate, missed, activity } of gifts.reviews) {
    const gives = activity?.steps.at(-1)?.target ?? 0n;
    const reason =
      barred ??
      (gives > 0n ? 'earned' : (whyCut(activity) ?? (tooLate ? ALL_TAKEN : beyond ? 'limit' : 'once-per-product')));
    const why = [...missing('reviews', missed), ...cutBy(activity)];
    out[`review:${review.id}`] = plain(reason, version, activity?.unit ?? 'points', gives, why);
  }
  for (const { referral, version, reason, missed, unit, activities } of referrals) {
    const advocate = activities.find((one) => one.of.startsWith('referral:'));
    const gives = advocate?.steps.at(-1)?.target ?? 0n;
    const why = gives === 0n && reason === 'earned' ? (whyCut(advocate) ?? reason) : reason;
    const lacks = [...missing('referral', missed), ...cutBy(advocate)];
    out[`referral:${referral.id}`] = plain(why, version, unit, gives, lacks);
  }
  for (const { of, rule, why, unit, version } of gifts.missed)
    out[of] = plain('condition', version, unit, 0n, missing(rule, why));
  for (const one of gifts.activities) {
    if (out[one.of] || one.of.startsWith('review:')) continue;
    const gives = one.steps.at(-1)?.target ?? 0n;
    const version = versionAt(judged.known.rules, one.earned).version;
    const reason = gives > 0n ? 'earned' : (whyCut(one) ?? 'merged');
    out[one.of] = plain(reason, version, one.unit, gives, cutBy(one));
  }
  for (const one of judged.goals.payouts()) {
    out[one.activity.of] = goalDecision(judged, one);
  }
  for (const one of judged.deeds) out[deedKey(one.deed)] = deedDecision(one, now);
  return out;
}

/** Names the head to whom what was given went, also where it was taken back since, where that is not whoever earned it. */
function forHouseholds({ known, ownership, activities }: Judged, decisions: Books['decisions']): Books['decisions'] {
  if (!known.households?.length) return decisions;
  for (const one of activities) {
    const [holder, decision] = [holderOf(one, ownership), decisions[one.cause]];
    const given = one.steps.some(({ target }) => target > 0n);
    if (decision && given && holder !== one.member) decisions[one.cause] = { ...decision, household: holder };
  }
  return decisions;
}

/** What reaching a goal gave, and whether it is still reached. */
function goalDecision({ known }: Judged, { goal: id, activity, stands, inVain }: Payout): Decision {
  const { unit, steps } = activity;
  const first = stands ? steps.findLast(({ anew }) => anew !== undefined) : undefined;
  const { version, rules } = versionAt(known.rules, (first ?? steps[0])?.at ?? 0);
  const gives = steps.at(-1)?.target ?? 0n;
  const missed = inVain === null || inVain === ALL_TAKEN ? null : inVain;
  const why = missed === null ? inVain : 'condition';
  const decision = plain(why ?? (stands ? 'earned' : 'goal-lost'), version, unit, gives, missing(id, missed));
  const needs = rules.goals.find((goal) => goal.id === id)?.needs ?? 0;
  const because = { rule: id, kind: 'goal', unit, exact: gives.toString(), figures: { needs } };
  return { ...decision, extra: { ...decision.gives }, because: [because] };
}

/** What a deed gave, by which rule, or why it gave nothing: its limits stand in the way, or something before them. */
function deedDecision(one: DeedCase, now: Millis): Decision {
  const { version, rule, barred } = one;
  const unit = rule?.unit ?? 'points';
  const counts = barred === null && countsAt(one, now);
  const { activity } = one;
  const gives = counts ? (activity?.steps.at(-1)?.target ?? 0n) : 0n;
  const given = gives === 0n ? (whyCut(activity) ?? 'earned') : 'earned';
  const reason = barred ?? (counts ? given : one.wants ? ALL_TAKEN : 'limit');
  const decision = plain(reason, version, unit, gives, [...missing(one.deed.of, one.missed), ...cutBy(activity)]);
  if (gives === 0n || !rule) return decision;
  const because = {
    rule: rule.id,
    kind: rule.kind,
    unit,
    exact: gives.toString(),
    figures: { points: gives.toString() },
  };
  return { ...decision, extra: { [unit]: gives }, because: [because] };
}

/** Of a gift that a limit over several rules leaves nothing, or less, of. */
const whyCut = (of: Activity | null | undefined): string | undefined => of?.cut?.why;
const cutBy = (of: Activity | null | undefined): Decision['missed'] =>
  of?.cut?.why === 'shared-limit' ? [{ id: of.cut.id, why: of.cut.why }] : [];

const missing = (id: string, why: string | null): Decision['missed'] => (why === null ? [] : [{ id, why }]);

function plain(
  reason: string,
  version: number,
  unit: string,
  gives: bigint,
  missed: Decision['missed'] = [],
): Decision {
  const of: Record<string, bigint> = gives > 0n ? { [unit]: gives } : {};
  return { reason, gives: of, version, lines: {}, extra: {}, missed, promotions: {}, because: [] };
}

/** The decision on one order as of an instant: exactly one, also when nothing was given. */
export function orderDecision(order: OrderCase, now: Millis): Decision {
  const reason = order.reasonAt(now);
  const { version } = order.times;
  const judged = JUDGED.has(reason) ? order.judgementAt(now) : null;
  const plainly = ((): Decision => {
    if (!judged) return { reason, gives: {}, version, lines: {}, extra: {}, missed: [], promotions: {}, because: [] };
    const { lines, extra, missed, promotions, because } = judged;
    if (reason !== 'earned')
      return { reason, gives: {}, version, lines: {}, extra: {}, missed, promotions: {}, because };
    return { reason, gives: judged.gives, version, lines, extra, missed, promotions, because };
  })();
  const finals = finalUnits(order, now);
  const decision = finals.reduce((decided, unit) => withFinal(decided, order, unit, now), plainly);
  if (decision.reason !== 'earned' || Object.keys(decision.gives).length > 0) return decision;
  // it would give something today, of what had come to nothing when that was final
  return { ...decision, reason: order.reasonAt(Math.max(...finals.map((unit) => order.asOf(unit, now)))) };
}
const JUDGED = new Set(['earned', 'zero-base', 'rounds-to-zero', 'no-rule']);

/** What it gave of a unit and is final stands as it was then, whatever became of the order since. */
function withFinal(decision: Decision, order: OrderCase, unit: string, now: Millis): Decision {
  const then = order.asOf(unit, now);
  const points = order.givesAt(now)[unit];
  const judged = points === undefined ? null : order.judgementAt(then);
  const today = judged && !JUDGED.has(decision.reason) ? order.judgementAt(now) : decision;
  const only = <Of>(all: Record<string, Of>, of: Record<string, Of> | undefined): Record<string, Of> => {
    const { [unit]: _now, ...others } = all;
    const value = of?.[unit];
    return value === undefined ? others : { ...others, [unit]: value };
  };
  return {
    ...decision,
    reason: judged ? 'earned' : decision.reason,
    gives: only(decision.gives, judged?.gives),
    lines: only(decision.lines, judged?.lines),
    extra: only(decision.extra, judged?.extra),
    missed: today.missed,
    promotions: today.promotions,
    because: [
      ...decision.because.filter((one) => one.unit !== unit),
      ...(judged?.because ?? []).filter((one) => one.unit === unit),
    ],
  };
}

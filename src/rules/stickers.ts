import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { cutShort, endOfLot, expiryOf } from './expiry.js';
import type { KnownOrder, RuleVersion } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { replay } from './replay.js';

const toBearers = new WeakMap<ProgramRules, ProgramRules>();

/** The rules as they are for whoever bears a code: its unit is earned like any other, and at once. */
export function bearerRules(rules: ProgramRules): ProgramRules {
  const { stickers: of, ...others } = rules;
  if (!of) return rules;
  let found = toBearers.get(rules);
  if (!found) toBearers.set(rules, (found = { ...others, counts: 'paid', pendingDays: 0 }));
  return found;
}

/** What an order hands out as of an instant: how many codes of which unit, and when they end; null = the rules know no stickers. */
export interface HandOut {
  unit: string;
  stickers: number;
  ends: Millis | null;
}

/** Judged by the rules of the order's own moment, for itself alone: a bearer has no past. */
export function handOutOf(versions: readonly RuleVersion[], order: KnownOrder, now: Millis): HandOut | null {
  const bearer = 'bearer';
  const rules = versions.map((one) => ({ ...one, rules: bearerRules(one.rules) }));
  const known = {
    rules,
    members: [{ id: bearer, joined: -8e15, mailbox: null, phone: null, birthdays: [] }],
    links: [{ member: bearer, customer: bearer, at: -8e15 }],
    orders: [{ ...order, customer: bearer, redemptions: [] }],
    ...{ claims: [], merges: [], reviews: [], referrals: [], reservations: [], adjustments: [], visits: [], deeds: [] },
  };
  const decision = replay(known, now).decisions[`order:${order.id}`];
  const { rules: judgedBy } = versions.find(({ version }) => version === decision?.version) ?? versions[0] ?? {};
  if (!judgedBy?.stickers) return null;
  const { unit } = judgedBy.stickers;
  return { unit, stickers: Number(decision?.gives[unit] ?? 0n), ends: stickersEnd(judgedBy, order.placed) };
}

/** When stickers that are handed out at an instant end; null = never. */
export function stickersEnd(rules: ProgramRules, at: Millis): Millis | null {
  const compiled = compile(rules);
  const unit = rules.stickers?.unit ?? '';
  return cutShort(endOfLot(compiled, expiryOf(compiled, unit), at), compiled.redeemsUntil);
}

import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { cutShort, endOfLot, expiryOf } from './expiry.js';
import { type Holding, grantParts, isOfStickers } from './ceilings.js';
import type { Known, KnownOrder, RuleVersion } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { replay } from './replay.js';
import { timesOf } from './versions.js';

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
  const decision = replay(bearing(versions, order), now).decisions[`order:${order.id}`];
  const { rules: judgedBy } = versions.find(({ version }) => version === decision?.version) ?? versions[0] ?? {};
  if (!judgedBy?.stickers) return null;
  const { unit } = judgedBy.stickers;
  return { unit, stickers: Number(decision?.gives[unit] ?? 0n), ends: stickersEnd(judgedBy, order.placed) };
}

/**
 * What an order has of the ceilings on what it hands out, after something changed; what its buyer's points have of others is left
 * as it is. `granted` = under each, of everybody. Null = nothing changed.
 */
export function grantStickers(
  versions: readonly RuleVersion[],
  order: KnownOrder,
  now: Millis,
  held: Holding['held'],
  granted: ReadonlyMap<string, bigint>,
): Holding | null {
  const known = bearing(versions, order);
  const { version } = timesOf(known.rules, order);
  const published = versions.find((one) => one.version === version);
  const [changed] = grantParts(known, now, [{ order: order.id, held }], granted, [], (_rules, place) =>
    published ? isOfStickers(published.rules, place) : false,
  );
  return changed ?? null;
}

/** An order as if it were of whoever bears its codes, and all that there is. */
function bearing(versions: readonly RuleVersion[], order: KnownOrder): Known {
  const bearer = 'bearer';
  return {
    rules: versions.map((one) => ({ ...one, rules: bearerRules(one.rules) })),
    members: [{ id: bearer, joined: -8e15, mailbox: null, phone: null, birthdays: [] }],
    links: [{ member: bearer, customer: bearer, at: -8e15 }],
    orders: [{ ...order, customer: bearer, redemptions: [] }],
    ...{ claims: [], merges: [], reviews: [], referrals: [], reservations: [], adjustments: [], visits: [], deeds: [] },
  };
}

/** When stickers that are handed out at an instant end; null = never. */
export function stickersEnd(rules: ProgramRules, at: Millis): Millis | null {
  const compiled = compile(rules);
  const unit = rules.stickers?.unit ?? '';
  return cutShort(endOfLot(compiled, expiryOf(compiled, unit), at), compiled.redeemsUntil);
}

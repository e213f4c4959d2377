import * as z from 'zod';
import type { Calendar } from './calendar.js';
import type { Limits } from './deeds/kind.js';
import { id, limitOfMember, unit } from './rule-parts.js';
import { prepareLimits } from './rule-limits.js';
import type { LimitReady } from './rule-limits.js';

/**
 * One limit over several rules: together they give a member no more within a period. Who counted first has the first of the
 * room, whichever of the rules it is; what goes back leaves its room to what came later.
 */
export const sharedLimit = z.strictObject({
  id,
  unit,
  rules: z.array(id).min(1).max(200).meta({
    description: 'ids of earning rules and deeds; or joining, birthday, reviews, referral',
  }),
  limits: z.array(limitOfMember).min(1).max(10),
});
export type SharedLimit = z.infer<typeof sharedLimit>;

/** What gives beside orders and deeds is named by its word of the program. */
export const GIFT_WORDS = ['joining', 'birthday', 'reviews', 'referral'] as const;
export type GiftWord = (typeof GIFT_WORDS)[number];

/** A limit over rules, ready to be asked. One of a single rule's points (a deed's, reviews', referrals') is one over that rule alone. */
export interface SharedReady {
  /** Names what was taken of it. */
  key: string;
  id: string;
  why: 'limit' | 'shared-limit';
  unit: string;
  /** What it covers: `order <earning rule>`, `deed <rule>`, or a gift's word. */
  covers: ReadonlySet<string>;
  limits: LimitReady[];
}

export const nameOfEarning = (rule: string): string => `order ${rule}`;
export const nameOfDeed = (rule: string): string => `deed ${rule}`;

/** What of the rules is read here. */
export interface Limiting {
  sharedLimits?: readonly SharedLimit[] | undefined;
  deeds: readonly Pointed[];
  reviews?: Omit<Pointed, 'id'> | undefined;
  referral?: Omit<Pointed, 'id'> | undefined;
}
interface Pointed {
  id: string;
  unit: string;
  limits?: Limits | undefined;
}

/** Every limit by which points of several activities hang together, as the rules have them. */
export function prepareShared(rules: Limiting, calendar: Calendar): SharedReady[] {
  const shared = (rules.sharedLimits ?? []).map((one): SharedReady => {
    const covers = new Set(one.rules.flatMap((rule) => [nameOfEarning(rule), nameOfDeed(rule), ...wordOf(rule)]));
    const key = `shared ${one.id}`;
    const limits = prepareLimits(one.limits, calendar).map((limit) => ({ ...limit, shared: key }));
    return { key, id: one.id, why: 'shared-limit', unit: one.unit, covers, limits };
  });
  const own = [
    ...rules.deeds.map((deed) => ownPoints(nameOfDeed(deed.id), deed.id, deed, calendar)),
    ownPoints('reviews', 'reviews', rules.reviews, calendar),
    ownPoints('referral', 'referral', rules.referral, calendar),
  ];
  return [...shared, ...own.filter((one) => one !== null)];
}

const wordOf = (rule: string): string[] => GIFT_WORDS.filter((word) => word === rule);

function ownPoints(
  name: string,
  rule: string,
  of: Omit<Pointed, 'id'> | undefined,
  calendar: Calendar,
): SharedReady | null {
  const points = Object.entries(of?.limits?.points ?? {}) as [
    keyof NonNullable<Limits['points']>,
    number | undefined,
  ][];
  const limits = points.flatMap(([per, most]) => (most === undefined ? [] : [{ per, points: most }]));
  if (!of || limits.length === 0) return null;
  const key = `points of ${name}`;
  const ready = prepareLimits(limits, calendar).map((limit) => ({ ...limit, shared: key }));
  return { key, id: rule, why: 'limit', unit: of.unit, covers: new Set([name]), limits: ready };
}

/** Of these, what limits a rule's points. */
export function covering(shared: readonly SharedReady[], name: string, unit: string): SharedReady[] {
  return shared.filter((one) => one.unit === unit && one.covers.has(name));
}

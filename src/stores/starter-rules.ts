import type { Millis } from '../lib/clock.js';
import { type ProgramRules, programRules } from '../rules/program-rules.js';

/** What a platform lets an app read without special leave. */
const HISTORY_MS = 60 * 24 * 3_600_000;

export interface Starter {
  money: { code: string; exponent: number };
  zone: string;
  awardHistory?: boolean;
}

/**
 * The program that a new store begins with; every figure of it is the owner's to change. A point for each whole unit of
 * money (a hundred for currencies without minor units), worth a twentieth of it. Orders from before the start give nothing, unless the owner asked.
 */
export function starterRules({ money, zone, awardHistory = false }: Starter, now: Millis): ProgramRules {
  const unit = 10 ** money.exponent;
  const per = money.exponent === 0 ? 100 : unit;
  const worth = per / 20;
  return programRules.parse({
    zone,
    money,
    starts: localDate(awardHistory ? now - HISTORY_MS : now, zone),
    earlierOrders: awardHistory ? 'count' : 'none',
    units: {
      points: {
        rounding: 'floor',
        value: fractionText(worth),
        expiry: { kind: 'months', months: 12 },
        clawback: 'debt',
        returnGraceDays: 30,
      },
    },
    earning: [{ id: 'purchase', kind: 'rate', points: '1', per }],
    joining: { gives: 50 },
    reviews: { gives: 20, photo: 10 },
    referral: { advocate: 100, friend: 50, minOrder: 20 * per, returnDays: 14 },
    rewards: [
      { id: 'money-off', kind: 'slider', step: 20, off: per, min: 20, share: '1/2' },
      { id: 'five-off', kind: 'amount-off', points: 100, off: 5 * per },
      { id: 'tenth-off', kind: 'percent-off', points: 150, percent: 10, maxOff: 20 * per },
      { id: 'free-shipping', kind: 'free-shipping', points: 80 },
    ],
  });
}

function fractionText(value: number): string {
  return Number.isInteger(value) ? String(value) : `${Math.round(value * 100)}/100`;
}

function localDate(at: Millis, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at);
}

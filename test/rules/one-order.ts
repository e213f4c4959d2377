import { OrderCase } from '../../src/rules/order-case.js';
import type { Judgement } from '../../src/rules/judgement.js';
import type { RuleVersion } from '../../src/rules/known.js';
import { readOrder, readProgram } from '../support/read-example.js';

export const NOON = Date.UTC(2026, 2, 2, 12);
const WHEN = new Date(NOON).toISOString();

const PROGRAM = {
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
};

/** A program in euros and points with these keys on top. */
export function versionOf(program: Record<string, unknown>): RuleVersion {
  return { version: 1, from: 0, rules: readProgram({ ...PROGRAM, ...program }) };
}

/** A member's order, placed and paid at noon, with these keys on top (in the words of the examples' format). */
export function orderCase(version: RuleVersion, order: Record<string, unknown>): OrderCase {
  const fact = { kind: 'order', id: 'O1', at: WHEN, placed: WHEN, paid: WHEN, customer: 'c', ...order };
  const member = { id: 'm', joined: 0, mailbox: null, phone: null, birthdays: [] };
  return new OrderCase(readOrder(fact, version.rules.money), { member, since: 0, claimed: false }, [version]);
}

/** What one earning rule of the kind under test gives for these lines. */
export function judged(earning: Record<string, unknown>[], lines: Record<string, unknown>[], rest = {}): Judgement {
  return orderCase(versionOf({ earning, ...rest }), { lines }).judgementAt(NOON);
}

import { Calendar } from '../../src/rules/calendar.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { readOrder, readProgram } from '../support/read-example.js';

export const MEMBER = 'm1';
const ZONE = 'Europe/Amsterdam';
const PROGRAM = {
  zone: ZONE,
  money: { code: 'EUR', exponent: 2 },
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
};

/** "2026-03-07T10:00" in Amsterdam. */
export const at = (local: string): number => Calendar.of(ZONE).instantOf(local);

/** Two members who joined on the 1st of January 2026 and a program in euros and points with these keys on top. */
export function knownOf(program: Record<string, unknown>): Known {
  const member = (id: string) => ({ id, joined: at('2026-01-01T00:00'), mailbox: null, phone: null, birthdays: [] });
  return {
    rules: [{ version: 1, from: 0, rules: readProgram({ ...PROGRAM, ...program }) }],
    members: [member(MEMBER), member('m2')],
    links: ['m1', 'm2'].map((id) => ({ member: id, customer: `c${id}`, at: at('2026-01-01T00:00') })),
    claims: [],
    merges: [],
    orders: [],
    reviews: [],
    referrals: [],
    reservations: [],
    adjustments: [],
    visits: [],
    deeds: [],
  };
}

/** An order placed and paid at a local time, of one line of so many cents. */
export function orderOf(id: string, when: string, cents: number, more: Record<string, unknown> = {}): KnownOrder {
  const placed = new Date(at(when)).toISOString();
  const lines = [{ id: `${id}-1`, product: 'p1', quantity: 1, net: cents }];
  const fact = { kind: 'order', id, at: placed, placed, paid: placed, customer: `c${MEMBER}`, lines, ...more };
  return readOrder(fact, { code: 'EUR', exponent: 2 });
}

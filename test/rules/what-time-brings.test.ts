import { describe, expect, test } from '@jest/globals';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, orderOf } from './known-of.js';

/** T4: what time brings changes nothing of what was decided by then. */
const of = (member: string, when: string, more: Record<string, unknown> = {}): KnownOrder =>
  orderOf(`${member} ${when}`, when, 1_000, { customer: `c${member}`, ...more });

describe('T4, C6: whether somebody was referred', () => {
  const rules = {
    earning: [{ id: 'brought', kind: 'fixed', gives: 5, when: { referred: true } }],
    referral: { advocate: 50, friend: 20, returnDays: 60 },
  };
  const referrals = [{ id: 'R', at: at('2026-02-01T09:00'), advocate: 'm1', customer: 'cm2' }];
  const first = of('m2', '2026-02-10T12:00', { email: 'ben@mail.test' });
  const known = (more: Partial<Known>): Known => ({ ...knownOf(rules), referrals, orders: [first], ...more });
  const decided = (facts: Known, when: string) => {
    const { decisions } = replay(facts, at(when));
    return [decisions[`order:${first.id}`]?.gives['points'], decisions['referral:R']?.reason];
  };

  test.each<[string, Partial<Known>]>([
    [
      'an order with the address of the one who brought them',
      { orders: [first, of('m2', '2026-02-20T12:00', { phone: '1' }), of('m1', '2026-02-21T12:00', { phone: '1' })] },
    ],
    ['a merge of both', { merges: [{ from: 'm2', into: 'm1', at: at('2026-02-20T12:00') }] }],
    [
      'a guest’s order of before, claimed later',
      {
        orders: [
          first,
          { ...of('m2', '2026-02-05T12:00', { phone: '1' }), customer: null },
          of('m1', '2026-02-04T12:00', { phone: '1' }),
        ],
        claims: [{ order: of('m2', '2026-02-05T12:00').id, member: 'm2', at: at('2026-02-20T12:00') }],
      },
    ],
  ])('is what was known at the order: %s takes the referral back, not what was judged before', (_, more) => {
    const facts = known(more);
    expect(decided(facts, '2026-02-11T00:00')[0]).toBe(5n);
    expect(decided(facts, '2026-03-01T00:00')).toEqual([5n, 'self-referral']);
    const later = of('m2', '2026-02-25T12:00');
    const { decisions } = replay({ ...facts, orders: [...facts.orders, later] }, at('2026-03-01T00:00'));
    expect(decisions[`order:${later.id}`]?.gives).toEqual({});
  });
});

describe('T4, B5: the term of an order that was claimed', () => {
  const membership = { product: 'p1', months: 12, onReturn: 'end' };
  const facts = (failed: number | null): Known => {
    const refund = {
      id: 'r',
      at: at('2026-02-10T12:00'),
      lines: [],
      amount: 1_000,
      failed,
      shipping: { net: 0, tax: 0 },
    };
    const order = { ...of('m1', '2026-02-01T12:00'), customer: null, refunds: [refund] };
    const claims = [{ order: order.id, member: 'm1', at: at('2026-03-01T12:00') }];
    return { ...knownOf({ membership }), orders: [order], claims };
  };
  const term = (failed: number | null, when: string) => replay(facts(failed), at(when)).members['m1']?.membership;

  test('is not ended by what happened to it before it counted for its member', () => {
    expect(term(at('2026-02-12T12:00'), '2026-02-20T12:00')).toBeNull();
    expect(term(at('2026-02-12T12:00'), '2026-03-02T12:00')).toEqual({ until: at('2027-02-01T12:00') });
    expect(term(null, '2026-03-02T12:00')).toBeNull();
  });
});

describe('B2: a bonus of stamps that a later version of the rules brings', () => {
  const card = { id: 'card', per: 'order', needs: 10, pays: { gives: 5 } };
  const bonus = [{ id: 'soon', factor: 2, when: { daysSinceOrder: { max: 10 } } }];
  const later = at('2026-03-01T00:00');

  test('knows the past of orders that earlier versions judged, as if it had been there all along', () => {
    const orders = ['2026-02-01T12:00', '2026-02-05T12:00', '2026-02-28T12:00', '2026-03-04T12:00'].map((when) =>
      of('m1', when),
    );
    const [before, after] = [knownOf({ stamps: [card] }), knownOf({ stamps: [{ ...card, bonus }] })];
    const rules = [...before.rules, ...after.rules.map((one) => ({ ...one, version: 2, from: later }))];
    const stampsOf = (known: Known, when: string) =>
      replay({ ...known, orders }, at(when)).members['m1']?.stamps['card']?.stamps;
    expect(stampsOf({ ...before, rules }, '2026-02-28T23:00')).toBe(3);
    expect(stampsOf({ ...before, rules }, '2026-03-02T00:00')).toBe(4);
    expect(stampsOf({ ...before, rules }, '2026-03-05T00:00')).toBe(6);
    expect(stampsOf(after, '2026-03-05T00:00')).toBe(6);
  });
});

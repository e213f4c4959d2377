import { expect, test } from '@jest/globals';
import { judgeOrder } from '../../src/rules/judge-order.js';
import type { KnownOrder } from '../../src/rules/known.js';
import { starterRules } from '../../src/stores/starter-rules.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const EUR = { code: 'EUR', exponent: 2 };

function orderOf(placed: number): KnownOrder {
  const line = {
    id: '1',
    kind: 'product',
    product: 'p',
    categories: [],
    tags: [],
    quantity: 1,
    net: 2500,
    tax: 0,
    discount: 0,
  } as const;
  return {
    ...{
      id: '1/1',
      store: '1',
      at: placed,
      channel: 'web',
      customer: '1/c',
      mailbox: null,
      phone: null,
      placed,
      paid: placed,
    },
    ...{
      fulfilled: null,
      cancelled: null,
      test: false,
      money: EUR,
      shipping: { net: 0, tax: 0 },
      tip: 0,
      outstanding: 0,
    },
    ...{ giftCardPaid: 0, refunds: [], disputes: [], redemptions: [], grants: {} },
    lines: [{ ...line, categories: [], tags: [] }],
  };
}

const member = { id: '1', joined: NOW, mailbox: null, phone: null, birthdays: [] };
const reasonOf = (awardHistory: boolean, daysAgo: number) => {
  const rules = starterRules({ money: EUR, zone: 'Europe/Amsterdam', awardHistory }, NOW);
  const placed = NOW - daysAgo * 24 * 3_600_000;
  const owner = { member, since: NOW, claimed: false };
  return judgeOrder([{ version: 1, from: NOW, rules }], orderOf(placed), owner, NOW).decision;
};

test('A1, A2: a new store’s past is known and gives nothing, unless the owner asks', () => {
  expect(reasonOf(false, 10)).toMatchObject({ reason: 'before-start', gives: {} });
  expect(reasonOf(true, 10)).toMatchObject({ reason: 'earned', gives: { points: 25n } });
  expect(reasonOf(true, 70)).toMatchObject({ reason: 'before-start', gives: {} });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, anOrder, worldsOn } from '../support/world.js';

/** Nasty case 39: whoever refers themselves is found out by whatever shows it, and both sides are settled at once, not later. */
const db = testDatabase();
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({ ...BARE, referral: { advocate: 100, friend: 30, returnDays: 14 } });
let worlds: Worlds;
let shop: World;
let key: string;
let next = 7000;
const anId = () => String(++next);
const at = (ms: number) => worlds.service.clock.set(NOON + ms);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  at(0);
  shop = await worlds.make(RULES);
  await shop.joins('501', { email: 'ana@mail.test', phone: '+31611111111' });
  const { ok } = await worlds.storefront.member({ shop: shop.store.key, customer: '501' });
  const code = ok?.member?.referralCode ?? '';
  await shop.joins('502', { email: 'bob@mail.test', phone: '+31622222222', referral: code });
  key = `referral:${code}:${shop.store.id}/502`;
  at(HOUR);
  await shop.has(anOrder({ id: anId(), customer: '502', cents: 3_000, at: NOON + HOUR, email: 'bob@mail.test' }));
  // 30 for 30.00, 30 for being brought
  expect([await shop.balance('502'), await reason()]).toMatchObject([{ available: 60 }, 'in-return-window']);
});

const reason = async () => (await shop.decision(key))?.reason;
const anasOrder = (hours: number, more: { email?: string; phone?: string; customer?: string } = {}) =>
  anOrder({ id: anId(), customer: '501', cents: 1_000, at: NOON + hours * HOUR, ...more });

/** What both have, as soon as the fact was worked on; the replay has nothing to add. */
async function expectNow(expected: { reason: string; friend: number; advocate: number }): Promise<void> {
  const [advocate, friend] = [await shop.balance('501'), await shop.balance('502')];
  expect({ reason: await reason(), friend: friend.available, advocate: advocate.available }).toEqual(expected);
  await shop.isSound();
}

describe('an order of the advocate within the return window (A1, C2)', () => {
  it.each([
    ['address', { email: 'Bob+office@mail.test' }],
    ['phone', { phone: '+31622222222' }],
  ])('under the friend’s %s: the friend’s points go at once, the advocate gets none', async (_, shown) => {
    at(2 * HOUR);
    await shop.has(anasOrder(2, shown));
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 10 });
    await shop.passes(20 * DAY);
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 10 });
  });

  it('under another address is nobody else’s matter; the order is posted by itself', async () => {
    at(2 * HOUR);
    await shop.has(anasOrder(2, { email: 'cy@mail.test' }));
    await expectNow({ reason: 'in-return-window', friend: 60, advocate: 10 });
  });

  it('whose address is put right again: the friend’s points come back at once', async () => {
    const order = anasOrder(2, { email: 'bob@mail.test' });
    at(2 * HOUR);
    await shop.has(order);
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 10 });
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, email: 'ana@mail.test' });
    await expectNow({ reason: 'in-return-window', friend: 60, advocate: 10 });
  });

  it('that becomes another’s takes its evidence along', async () => {
    const order = anasOrder(2, { email: 'bob@mail.test' });
    at(2 * HOUR);
    await shop.has(order);
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, customer: '777' });
    await expectNow({ reason: 'in-return-window', friend: 60, advocate: 0 });
  });

  it('that comes late, after the window has closed and both were paid: it was placed within it', async () => {
    await shop.passes(15 * DAY);
    await expectNow({ reason: 'earned', friend: 60, advocate: 100 });
    await shop.has(anasOrder(2, { email: 'bob@mail.test' }));
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 10 });
  });
});

describe('an address of either side as the platform knows it', () => {
  it.each(['501', '502'])('of customer %s becomes the other’s: both are settled at once', async (customer) => {
    at(2 * HOUR);
    await shop.says('customers/update', {
      id: Number(customer),
      updated_at: new Date(NOON + 2 * HOUR).toISOString(),
      email: customer === '501' ? 'bob@mail.test' : 'ana@mail.test',
      phone: null,
      first_name: 'B',
      last_name: null,
    });
    await worlds.service.drain();
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 0 });
  });
});

describe('what showed it is erased (GDPR)', () => {
  it.each([
    ['friend', '502'],
    ['advocate', '501'],
  ])('with the %s: the verdict stays, nobody is paid for having brought themselves', async (_, customer) => {
    at(2 * HOUR);
    await shop.has(anasOrder(2, { email: 'bob@mail.test' }));
    await expectNow({ reason: 'self-referral', friend: 30, advocate: 10 });
    const [erased] = await db.sql<{ member: string }>(
      'select member_id as member from customer_link where program_id = $1 and customer = $2',
      [shop.program, customer],
    );
    await shop.says('customers/redact', {
      ...{ shop_id: 1, shop_domain: shop.store.key, orders_to_redact: [] },
      customer: { id: Number(customer), email: 'x@y.test', phone: null },
    });
    await shop.passes(20 * DAY);
    const balances = await db.sql<{ member: string; balance: string }>(
      "select member_id as member, balance from account where program_id = $1 and kind = 'available' and member_id > 0 order by balance",
      [shop.program],
    );
    expect(balances.map(({ balance }) => balance)).toEqual(['10', '30']);
    expect(balances.map(({ member }) => member)).toContain(erased?.member);
    await shop.isSound();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { giveByHand } from '../../src/loyalty/by-hand.js';
import { claimOrders } from '../../src/loyalty/claim-orders.js';
import { eraseMember, redactCustomer } from '../../src/loyalty/redact.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import {
  DAY,
  HOUR,
  NOON,
  type World,
  type Worlds,
  aRefund,
  anOrder,
  inWorld,
  lineId,
  worldsOn,
} from '../support/world.js';

/** B5: a membership bought for somebody else, from signed webhooks to what the storefront says. NOON is 1 March 2026, 12:00 UTC. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 5000;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  const { joining: _joining, ...rules } = PLAIN_RULES;
  const membership = { product: '9001', months: 12, gifts: true, onPartialReturn: 'pro-rata', onReturn: 'end' };
  shop = await worlds.make({ ...rules, membership } as Parameters<Worlds['make']>[0]);
});

const aPass = (more: Partial<OrderSnapshot> = {}) => anOrder({ id: String(++next), cents: 6_000, ...more });
const untilOf = async (customer: string) => {
  const { ok } = await worlds.storefront.member({ shop: shop.store.key, customer });
  return ok?.membership?.until ?? null;
};
const asksForTheirs = (member: string) => {
  const { clock, loyalty } = worlds.service;
  const mailbox = loyalty.tokens(shop.program).mailbox('ida@mail.test') ?? '';
  return inWorld(db, shop, (tx) => claimOrders(tx, { program: shop.program, member, mailbox }, clock.now(), 4));
};
const gives = async (member: string, order: OrderSnapshot, starts?: string) => {
  const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
  const wish = { member: row?.public_id ?? '', store: shop.store.id, order: order.id, starts, by: 'key:till' };
  await inWorld(db, shop, (tx) => giveByHand(tx, shop.program, wish, worlds.service.clock.now(), 4));
};

describe('B5: a membership as a gift, on the whole path', () => {
  it('is for whoever owns the address, from when they ask; no address is kept', async () => {
    await shop.joins('501', { email: 'eva@mail.test' });
    const ida = await shop.joins('502', { email: 'ida@mail.test' });
    const pass = aPass({ customer: '501', gift: {}, giftTo: 'Ida+gift@mail.test' });
    await shop.has(pass);
    expect([await untilOf('501'), await untilOf('502')]).toEqual([null, null]);
    const kept = await db.sql<{ text: string }>(
      "select snapshot::text || coalesce((select facts::text from activity a where a.kind = 'gift' and a.program_id = o.program_id), '') as text from order_state o where order_id = $1",
      [pass.id],
    );
    expect(kept[0]?.text).not.toMatch(/mail\.test/i);
    worlds.service.clock.advance(2 * DAY);
    await asksForTheirs(ida);
    expect([await untilOf('501'), await untilOf('502')]).toEqual([null, '2027-03-03T12:00:00.000Z']);
    await shop.isSound();
    // half of its price goes back: half of 365 days from 3 March, which is 182.5
    worlds.service.clock.advance(HOUR);
    const half = [aRefund('1', NOON + 2 * DAY + HOUR, { amount: 3_000 })];
    await shop.has({ ...pass, at: NOON + 2 * DAY + HOUR, refunds: half });
    expect(await untilOf('502')).toBe('2026-09-02T00:00:00.000Z');
    // and then the rest
    worlds.service.clock.advance(HOUR);
    const all = [...half, aRefund('2', NOON + 2 * DAY + 2 * HOUR, { amount: 3_000 })];
    await shop.has({ ...pass, at: NOON + 2 * DAY + 2 * HOUR, refunds: all });
    expect(await untilOf('502')).toBeNull();
    await shop.isSound();
  });

  it.each(['the owner erases', 'the platform asks to erase'])(
    'waits for nobody any more when %s whoever it is for; told again, its order brings no token back',
    async (who) => {
      const pass = aPass({ customer: '501', gift: {}, giftTo: 'ida@mail.test' });
      await shop.joins('501', { email: 'eva@mail.test' });
      const ida = await shop.joins('502', { email: 'ida@mail.test' });
      await shop.has(pass);
      const waiting = async () => {
        const rows = await db.sql(
          "select 1 from activity where program_id = $1 and kind = 'gift' and mailbox is not null",
          [shop.program],
        );
        return rows.length;
      };
      expect(await waiting()).toBe(1);
      const { loyalty } = worlds.service;
      await inWorld(db, shop, async (tx) => {
        const ref = { program: shop.program, store: shop.store.id };
        if (who === 'the owner erases')
          await eraseMember(tx, { program: shop.program, member: ida }, 'owner', loyalty, NOON);
        else await redactCustomer(tx, ref, '502', [], loyalty, NOON);
      });
      expect(await waiting()).toBe(0);
      await shop.has({ ...pass, at: NOON + 1 });
      expect(await waiting()).toBe(0);
      await shop.isSound();
    },
  );

  it('waits for somebody who joins with that address later; a guest may have bought it', async () => {
    await shop.has(aPass({ email: 'guest@mail.test', gift: { starts: '2026-05-01' }, giftTo: 'ida@mail.test' }));
    worlds.service.clock.advance(DAY);
    const ida = await shop.joins('502', { email: 'ida@mail.test' });
    await asksForTheirs(ida);
    expect(await untilOf('502')).toBeNull();
    worlds.service.clock.set(Date.parse('2026-05-01T12:00:00Z'));
    expect((await untilOf('502'))?.slice(0, 7)).toMatch(/2027-0[45]/);
    await shop.isSound();
  });

  it('is given by the shop: its buyer has it no more, its refund ends it, and nobody else can be given it', async () => {
    await shop.joins('501');
    const [ida, ola] = [await shop.joins('502'), await shop.joins('503')];
    const pass = aPass({ customer: '501' });
    await shop.has(pass);
    expect(await untilOf('501')).toBe('2027-03-01T12:00:00.000Z');
    worlds.service.clock.advance(DAY);
    await gives(ida, pass);
    await gives(ida, pass);
    expect([await untilOf('501'), await untilOf('502')]).toEqual([null, '2027-03-02T12:00:00.000Z']);
    await expect(gives(ola, pass)).rejects.toMatchObject({ code: 'not_givable' });
    await expect(gives(ola, aPass())).rejects.toMatchObject({ code: 'not_givable' });
    worlds.service.clock.advance(HOUR);
    const at = NOON + DAY + HOUR;
    await shop.has({ ...pass, at, refunds: [aRefund('1', at, { line: lineId(pass.id), net: 6_000, quantity: 1 })] });
    expect(await untilOf('502')).toBeNull();
    await shop.isSound();
  });
});

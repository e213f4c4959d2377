import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CustomerState } from '../../src/commerce/inbound-platform.js';
import { eraseMember } from '../../src/loyalty/redact.js';
import { tellEvent } from '../../src/loyalty/tell-event.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { anOrder, HOUR, inWorld, NOON, type World, type Worlds, worldsOn } from '../support/world.js';

/** A2, A5: what an address opens, and for whom; what comes twice at once, or for nobody. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let other: { id: string; key: string };
const RULES = programRules.parse({
  ...PLAIN_RULES,
  joining: { gives: 10 },
  reviews: { gives: 20 },
  deeds: [{ id: 'own-cup', kind: 'event', gives: 5 }],
});

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  other = await worlds.service.store(shop.program, 'woocommerce');
});

const by = (customer: string) => ({ shop: shop.store.key, customer });
/** The platform knows the customer by an address that it vouches for. */
const vouched = (id: string, email: string): CustomerState => ({
  ...{ id, at: NOON, email, phone: null, name: null, emailVerified: true, roles: [], tags: [] },
});
/** A customer of WooCommerce types an address into their account. */
async function types(email: string): Promise<void> {
  worlds.service.clock.advance(HOUR);
  const modified = new Date(worlds.service.clock.now()).toISOString().slice(0, 19);
  const body = { id: 7, date_created_gmt: '2026-01-01T00:00:00', date_modified_gmt: modified, email, role: 'customer' };
  expect((await worlds.service.woo(other, 'customer.updated', body)).status).toBe(200);
  await worlds.service.drain();
}
const available = async (customer: string) => (await shop.balance(customer)).available;

describe('A2: guest orders', () => {
  test('go to whom the platform vouches for their address, not to a member who typed it into another shop', async () => {
    await worlds.service.member(shop.program, other.id, '7', { email: 'mal@mail.test' });
    shop.platform.customers.set('501', vouched('501', 'mal@mail.test'));
    await worlds.storefront.join(by('501'));
    expect(await available('501')).toBe(10);
    await shop.has(anOrder({ id: '1', email: 'ann@mail.test', cents: 4_000 }));
    await types('ann@mail.test');
    await worlds.storefront.join(by('501'));
    expect(await available('501')).toBe(10);
    expect(await shop.decision('1')).toMatchObject({ reason: 'guest' });
    // their own address still opens what is theirs
    await shop.has(anOrder({ id: '2', email: 'mal@mail.test', cents: 3_000, placed: NOON + HOUR }));
    worlds.service.clock.advance(HOUR);
    await worlds.storefront.join(by('501'));
    expect(await available('501')).toBe(40);
    await shop.isSound();
  });
});

describe('A2: an address that somebody typed into an account', () => {
  test('does not make whoever the platform vouches for it one with them', async () => {
    const mal = await worlds.service.member(shop.program, other.id, '7', { email: 'ann@mail.test' });
    const ann = await worlds.service.member(shop.program, shop.store.id, '501', {
      email: 'ann@mail.test',
      emailVerified: true,
    });
    expect(ann).not.toBe(mal);
    worlds.service.clock.advance(HOUR);
    await shop.has(anOrder({ id: '1', customer: '501', cents: 4_000, placed: NOON + HOUR }));
    const { ok } = await worlds.storefront.member({ platform: 'woocommerce', shop: other.key, customer: '7' });
    expect([await available('501'), ok?.balances['points']?.available]).toEqual([50, '10']);
    await shop.isSound();
  });

  test('nor does one that was changed to theirs; the same address told again by a shop that vouches for none changes nothing', async () => {
    await worlds.service.member(shop.program, shop.store.id, '501', { email: 'mal@mail.test', emailVerified: true });
    const second = await worlds.service.store(shop.program, 'shopify');
    const joins = (customer: string, email: string) =>
      worlds.service.member(shop.program, second.id, customer, { email, emailVerified: true });
    const mal = await joins('601', 'mal@mail.test');
    await db.sql(
      `insert into customer_link (program_id, store_id, customer, member_id, linked_at) values ($1, $2, '7', $3, now())`,
      [...[shop.program, other.id, mal]],
    );
    await types('mal@mail.test');
    expect(await joins('602', 'mal@mail.test')).toBe(mal);
    await types('ann@mail.test');
    expect(await joins('603', 'ann@mail.test')).not.toBe(mal);
    await shop.isSound();
  });
});

describe('A5: who joins two shops of one program at the same moment', () => {
  test('is one member, welcomed once', async () => {
    const second = await worlds.service.store(shop.program, 'shopify');
    const person = { email: 'ann@mail.test', emailVerified: true };
    for (let n = 0; n < 5; n++) {
      const email = { ...person, email: `ann${n}@mail.test` };
      const members = await Promise.all([
        worlds.service.member(shop.program, shop.store.id, `60${n}`, email),
        worlds.service.member(shop.program, second.id, `70${n}`, email),
      ]);
      expect(new Set(members).size).toBe(1);
      expect(await available(`60${n}`)).toBe(10);
    }
    await shop.isSound();
  });
});

describe('A1: a review app that does not say what its delivery is', () => {
  test.each([null, 'review/created', 'reviews', 'review/came:again'])(
    'is read by its body all the same: %s',
    async (topic) => {
      await shop.joins('501', { email: 'ann@mail.test' });
      const review = {
        ...{ id: 1, product_external_id: 9001, reviewer: { external_id: 501, email: 'ann@mail.test' } },
        ...{ curated: 'ok', published: true, created_at: new Date(NOON).toISOString() },
      };
      expect((await worlds.service.judgeme(shop.store, { review }, topic)).status).toBe(200);
      await worlds.service.drain();
      expect(await available('501')).toBe(30);
      await shop.isSound();
    },
  );
});

describe('F: a page that no page before has named', () => {
  test.each(['abc', '-1', '1e3', '9'.repeat(30), '9'.repeat(19), ''])(
    'is refused, not failed over: %j',
    async (after) => {
      await shop.joins('501');
      const { refused } = await worlds.storefront.history(by('501'), { after });
      expect(refused).toMatchObject({ status: 400, code: 'invalid_request' });
    },
  );
});

describe('C18: an event of the owner’s own', () => {
  const tell = async (member: string, id: string) => {
    const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
    const { clock, loyalty } = worlds.service;
    const told = { id, event: 'own-cup', of: { member: row?.public_id ?? '' }, at: clock.now() };
    return inWorld(db, shop, (tx) => tellEvent(tx, shop.program, told, loyalty, clock.now()));
  };

  test('is for members: whoever was erased is none any more, and nothing of them is kept anew', async () => {
    const ann = await shop.joins('501', { email: 'ann@mail.test' });
    expect(await tell(ann, 'one')).toMatchObject({ reason: 'earned', isNew: true });
    const { clock, loyalty } = worlds.service;
    worlds.service.clock.advance(HOUR);
    await inWorld(db, shop, (tx) =>
      eraseMember(tx, { program: shop.program, member: ann }, 'owner', loyalty, clock.now()),
    );
    await expect(tell(ann, 'two')).rejects.toMatchObject({ code: 'not_a_member', status: 404 });
    await shop.isSound();
  });
});

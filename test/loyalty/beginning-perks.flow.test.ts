import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WooStore } from '../../demo/stores/woocommerce/start.js';
import { readPerks } from '../../extensions/discount/src/perks.js';
import { claimOrders } from '../../src/loyalty/claim-orders.js';
import { perksKey } from '../../src/platforms/shopify/perks.js';
import { programRules } from '../../src/rules/program-rules.js';
import { connectShopify, connectWoo, type Connected, type ConnectedShopify } from '../platforms/support/stores.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { anOrder, DAY, inWorld, worldsOn, type World, type Worlds } from '../support/world.js';

/** B5, B7: what a membership that was given takes off at the checkout begins on its day, though nothing else happens. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let woo: Connected<WooStore>;
let shopify: ConnectedShopify;
let year = 2026;

const { joining: _joining, ...BARE } = PLAIN_RULES;
const perks = [{ kind: 'percent', percent: '10' }];
const PASS = { membership: { product: '9001', months: 12, gifts: true, perks } };

beforeAll(async () => {
  worlds = await worldsOn(db);
  woo = await connectWoo({ clock: worlds.service.clock });
  shopify = await connectShopify();
});
afterAll(async () => {
  await woo.close();
  await shopify.close();
  await worlds.stop();
});

/** What the checkout of a platform takes off, in hundredths of a percent, by what the platform was told by then. */
const CHECKOUTS: Record<string, () => Promise<number>> = {
  woocommerce: async () => {
    const { id } = woo.store.addCustomer({ email: `${crypto.randomUUID()}@example.test` });
    const mirrored = shop.platform.mirrored.get('502');
    if (mirrored) await woo.platform.mirrorBalances([{ ...mirrored, customer: id }]);
    const product = woo.store.shop.state.products[0]?.id ?? '';
    const [line] = woo.store.placeOrder({ customer: id, lines: [{ product, quantity: 1 }] }).lines;
    const off = (line?.offs ?? []).reduce((sum, each) => sum + each.off, 0);
    return off === 0 ? 0 : 1_000;
  },
  shopify: async () => {
    const customer = shopify.store.shop.customerByEmail('anna@example.test');
    const mirrored = shop.platform.mirrored.get('502');
    if (!customer || !mirrored) return 0;
    delete customer.meta['$app.perks'];
    await shopify.platform.mirrorBalances([{ ...mirrored, customer: customer.id }]);
    const today = new Date(worlds.service.clock.now()).toISOString().slice(0, 10);
    const note = customer.meta['$app.perks']?.value ?? '';
    const read = readPerks(note, perksKey(shopify.app, shopify.store.domain), customer.id, today);
    return read?.percents[0]?.hundredths ?? 0;
  },
};

describe.each(Object.entries(CHECKOUTS))('B5: a membership that was given begins at the checkout of %s', (_, off) => {
  test.each([
    ['on the day that was named for it', {}, { starts: '05-01' }, '05-01'],
    ['when its order counts, of a buyer who is nobody’s member', { counts: { after: 'paid', days: 14 } }, {}, '03-15'],
  ])('%s', async (_name, rules, gift, begins) => {
    const of = `${(year += 2)}-`;
    const [placed, begin] = [Date.parse(`${of}03-01T12:00:00Z`), Date.parse(`${of}${begins}T12:00:00Z`)];
    const named = Object.fromEntries(Object.entries(gift).map(([key, day]) => [key, of + day]));
    worlds.service.clock.set(placed);
    shop = await worlds.make(programRules.parse({ ...BARE, ...PASS, ...rules }));
    const member = await shop.joins('502', { email: 'ida@mail.test' });
    await shop.has(
      anOrder({ id: '1', cents: 6_000, placed, email: 'guest@mail.test', gift: named, giftTo: 'ida@mail.test' }),
    );
    const mailbox = worlds.service.loyalty.tokens(shop.program).mailbox('ida@mail.test') ?? '';
    await inWorld(db, shop, (tx) =>
      claimOrders(tx, { program: shop.program, member, mailbox }, placed, worlds.service.work.shards),
    );
    await shop.passes(begin - DAY - placed);
    expect(await off()).toBe(0);
    await shop.passes(DAY);
    expect(await off()).toBe(1_000);
    await shop.isSound();
  });
});

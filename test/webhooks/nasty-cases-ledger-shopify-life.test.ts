import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sweepPoints } from '../../src/jobs/schedules.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { shopifyLine, shopifyOrder } from './bodies.js';
import { LEDGER_RULES, ledgerStage } from './ledger-stage.js';
import { snapshot } from './shopify-says.js';

/** The nasty cases of parcels, currencies and installations by number, as signed Shopify deliveries that end in the ledger. */
const stage = ledgerStage();
const HOUR = 3_600_000;
let program: string;
let store: { id: string; key: string };
let member: string;
let shop: RememberedPlatform;

async function opens(rules: ProgramRules = LEDGER_RULES): Promise<void> {
  program = await stage.service.program(rules);
  store = await stage.service.store(program, 'shopify');
  shop = new RememberedPlatform();
  stage.platforms.set(store.id, shop);
  member = await stage.service.member(program, store.id, '5', { email: 'ana@example.test' }, 0);
}
beforeEach(() => stage.service.clock.set('2026-03-05T00:00:00Z'));
afterEach(() => stage.expectSound(program));

/** The same bytes under another shop are refused: the note makes them this shop's own. */
async function tell(topic: string, body: object, headers: Record<string, string> = {}) {
  const answer = await stage.service.shopify(store, topic, { ...body, note: store.key }, headers);
  expect(answer.status).toBe(200);
  await stage.service.drain();
}
const lines = [shopifyLine(1, '40.00')];
const order = (more: Record<string, unknown> = {}) => {
  const id = String(more['id'] ?? 1001);
  return shopifyOrder(lines, { total_price: '40.00', admin_graphql_api_id: `gid://shopify/Order/${id}`, ...more });
};
const standing = async (id = '1001') =>
  `${await stage.points(program, member)}, ${await stage.decision(program, `order:${store.id}/${id}`)}`;
/** Why the newest delivery changed nothing. */
const said = async () =>
  (
    await stage.db.sql<{ error: string | null }>(
      'select error from inbox where program_id = $1 order by id desc limit 1',
      [program],
    )
  )[0]?.error;

describe('48: points some days after all was sent', () => {
  const parcel = (at: string, location_id: number, status = 'success') => ({ created_at: at, location_id, status });
  const first = parcel('2026-03-03T10:00:00Z', 1);
  const lost = parcel('2026-03-05T10:00:00Z', 1, 'cancelled');
  const second = parcel('2026-03-04T10:00:00Z', 2);
  const paid = order();
  const part = order({ fulfillment_status: 'partial', fulfillments: [first], updated_at: '2026-03-03T10:00:00Z' });
  const all = {
    fulfillment_status: 'fulfilled',
    fulfillments: [second, first, lost],
    updated_at: '2026-03-05T11:00:00Z',
  };
  const passes = async (to: string) => {
    stage.service.clock.set(to);
    await sweepPoints({ ...stage.work, forgetBodies: async () => 0 });
    return standing();
  };
  beforeEach(() => opens(programRules.parse({ ...LEDGER_RULES, counts: { after: 'fulfilled', days: 3 } })));

  test('two parcels from two places: a part sent is not sent; counted from the last that left, three days later, to the moment', async () => {
    const seen: string[] = [];
    for (const [topic, body] of [
      ['orders/paid', paid],
      ['orders/partially_fulfilled', part],
      ['orders/fulfilled', order(all)],
    ] as const) {
      await tell(topic, body);
      seen.push(await standing());
    }
    seen.push(await passes('2026-03-07T09:59:59Z'), await passes('2026-03-07T10:00:00Z'));
    const [not, waits] = ['0, not-fulfilled', '0, waiting'];
    expect(seen).toEqual([not, not, waits, waits, '40, earned 40']);
  });

  test('told backwards, and by a parcel that names the order alone, it comes to the same', async () => {
    shop.orders.set('1001', { ...snapshot(lines, { total_price: '40.00', ...all }) });
    await tell('fulfillments/create', { id: 3, order_id: 1001, ...second });
    await tell('orders/partially_fulfilled', part);
    await tell('orders/paid', paid);
    expect([await standing(), await passes('2026-03-07T10:00:00Z')]).toEqual(['0, waiting', '40, earned 40']);
  });

  test('what came back before its day never counts', async () => {
    await tell('orders/paid', paid);
    await tell('orders/fulfilled', order(all));
    await tell(
      'orders/cancelled',
      order({ ...all, cancelled_at: '2026-03-06T10:00:00Z', updated_at: '2026-03-06T10:00:00Z' }),
    );
    expect(await passes('2026-03-08T10:00:00Z')).toBe('0, cancelled');
  });
});

describe('12: the shop changes its currency', () => {
  test('what was judged stays; an order in the new one has no booked rate and says so', async () => {
    await opens();
    await tell('orders/paid', order());
    await tell('shop/update', {
      id: 1,
      myshopify_domain: store.key,
      currency: 'USD',
      updated_at: '2026-03-04T10:00:00Z',
    });
    const [row] = await stage.db.sql<{ money_code: string }>('select money_code from store where id = $1', [store.id]);
    expect(row?.money_code).toBe('USD');
    await tell('orders/updated', order({ updated_at: '2026-03-04T11:00:00Z', source_name: 'pos' }));
    expect(await standing()).toBe('40, earned 40');
    await tell('orders/paid', order({ id: 1002, currency: 'USD' }));
    expect(await standing('1002')).toBe('40, currency');
  });
});

describe('54: taken off and put on again within two days', () => {
  const state = async () =>
    (
      await stage.db.sql<{ status: string; generation: number; known: number }>(
        `select status, generation, (select count(*)::int from member_pii where program_id = s.program_id) as known
         from store s where id = $1`,
        [store.id],
      )
    )[0];
  const uninstalled = (at: string, updated_at: string | null = null) =>
    tell('app/uninstalled', { id: 1, myshopify_domain: store.key, updated_at }, { 'x-shopify-triggered-at': at });

  test('late words of the earlier installation neither uninstall nor forget; its points live on in the new one', async () => {
    await opens();
    await tell('orders/paid', order());
    stage.service.clock.set('2026-03-06T10:00:00Z');
    await uninstalled('2026-03-06T10:00:00Z');
    expect(await state()).toEqual({ status: 'uninstalled', generation: 1, known: 1 });

    stage.service.clock.set('2026-03-06T12:00:00Z');
    await stage.service.store(program, 'shopify', { key: store.key });
    expect(await state()).toEqual({ status: 'active', generation: 2, known: 1 });
    // the same word again, later and under another id
    stage.service.clock.advance(HOUR);
    await uninstalled('2026-03-06T10:00:00Z');
    expect([await said(), (await state())?.status]).toEqual(['a late word about an earlier installation', 'active']);
    stage.service.clock.set('2026-03-08T10:00:00Z');
    await tell('shop/redact', { shop_id: 1, shop_domain: store.key });
    expect(await said()).toBe('the store is installed again');
    expect([await state(), await standing()]).toEqual([{ status: 'active', generation: 2, known: 1 }, '40, earned 40']);
    await tell('orders/paid', order({ id: 1002 }));
    expect(await standing('1002')).toBe('80, earned 40');
  });

  test('a second uninstallation is one, though the shop itself last changed before the installation; then it is forgotten', async () => {
    await opens();
    await tell('orders/paid', order());
    stage.service.clock.set('2026-03-06T10:00:00Z');
    await uninstalled('2026-03-06T10:00:00Z', '2025-01-01T00:00:00Z');
    expect((await state())?.status).toBe('uninstalled');
    stage.service.clock.set('2026-03-08T10:00:00Z');
    await tell('shop/redact', { shop_id: 1, shop_domain: store.key });
    // the ledger stays, who it was is gone
    expect([await state(), await standing()]).toEqual([
      { status: 'uninstalled', generation: 1, known: 0 },
      '40, earned 40',
    ]);
  });
});

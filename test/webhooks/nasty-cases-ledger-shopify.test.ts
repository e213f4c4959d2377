import { beforeEach, afterEach, describe, expect, test } from '@jest/globals';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { programRules } from '../../src/rules/program-rules.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { movement, refunded, shopifyLine, shopifyOrder, shopifyRefund } from './bodies.js';
import { LEDGER_RULES, ledgerStage } from './ledger-stage.js';
import { snapshot } from './shopify-says.js';

/** The nasty cases by number that need the ledger, as Shopify tells them: receiver and worker real, the API remembered. */
const stage = ledgerStage();
let program: string;
let store: { id: string; key: string };
let member: string;
let shop: RememberedPlatform;

beforeEach(async () => {
  stage.service.clock.set('2026-03-10T00:00:00Z');
  program = await stage.service.program(LEDGER_RULES);
  store = await stage.service.store(program, 'shopify');
  shop = new RememberedPlatform();
  stage.platforms.set(store.id, shop);
  member = await stage.service.member(program, store.id, '5', { email: 'ana@example.test' }, 0);
});
afterEach(() => stage.expectSound(program));

const points = (of = member) => stage.points(program, of);
const decision = () => stage.decision(program, `order:${store.id}/1001`);
const lines = [shopifyLine(1, '40.00')];
const at = (minute: number) => `2026-03-05T10:${String(minute).padStart(2, '0')}:00Z`;
/** Each test is a shop of its own, and the same bytes under another shop are refused: the note makes them its own. */
async function tell(topic: string, body: object, headers: Record<string, string> = {}) {
  const answer = await stage.service.shopify(store, topic, { ...body, note: store.key }, headers);
  expect(answer.status).toBe(200);
  await stage.service.drain();
}
const order = (more: Record<string, unknown> = {}, of = lines) =>
  shopifyOrder(of, {
    total_price: '40.00',
    admin_graphql_api_id: `gid://shopify/Order/${String(more['id'] ?? 1001)}`,
    ...more,
  });
/** The API says this from now on. */
const shows = (more: Record<string, unknown> = {}, patch: Partial<OrderSnapshot> = {}) =>
  shop.orders.set('1001', { ...snapshot(lines, { total_price: '40.00', ...more }), ...patch });

describe('money and bases', () => {
  test('7: the refund comes before the paid order: read through, nothing; the late "paid" does not earn', async () => {
    const refunds = [
      shopifyRefund(9, { refund_line_items: [refunded(1, 1, '40.00')], transactions: [movement('40.00')] }),
    ];
    shows({ refunds, financial_status: 'refunded', updated_at: at(5) });
    await tell('refunds/create', { id: 9, order_id: 1001, created_at: at(5), refund_line_items: [] });
    await tell('orders/paid', order());
    expect([await points(), await decision()]).toEqual(['0', 'refunded']);
  });

  test('8: a refund counts when it is recorded, and no longer once its transaction has failed', async () => {
    await tell('orders/paid', order());
    const refund = (status: string) =>
      shopifyRefund(9, { refund_line_items: [refunded(1, 1, '40.00')], transactions: [movement('40.00', status)] });
    await tell('orders/updated', order({ refunds: [refund('pending')], updated_at: at(5) }));
    expect(await points()).toBe('0');
    await tell('orders/updated', order({ refunds: [refund('failure')], updated_at: at(6) }));
    expect(await points()).toBe('40');
  });

  test('9: an exchange: one line back, another in; what stands is counted, not the events', async () => {
    await tell('orders/paid', order());
    const refunds = [
      shopifyRefund(9, { refund_line_items: [refunded(1, 1, '40.00')], transactions: [movement('0.00')] }),
    ];
    const exchanged = [...lines, shopifyLine(2, '45.00')];
    await tell('orders/updated', order({ refunds, updated_at: at(5), total_price: '85.00' }, exchanged));
    expect([await points(), await decision()]).toEqual(['45', 'earned 45']);
  });
});

describe('identity', () => {
  test('37: two customers merged: one member with both balances; said again, nothing more', async () => {
    const other = await stage.service.member(program, store.id, '6', { email: 'ana.work@example.test' }, 0);
    await tell('orders/paid', order());
    await tell('orders/paid', order({ id: 1002, customer: { id: 6 } }));
    expect([await points(), await points(other)]).toEqual(['40', '40']);
    const merged = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/5',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/6',
      status: 'completed',
    };
    await tell('customers/merge', merged);
    await tell('customers/merge', { ...merged, errors: [] });
    expect([await points(), await points(other)]).toEqual(['80', '0']);
    await tell('orders/paid', order({ id: 1003, customer: { id: 6 } }));
    expect(await points()).toBe('120');
  });

  test('37: both had the bonus for joining: the one that they are keeps one', async () => {
    const joining = programRules.parse({ ...LEDGER_RULES, joining: { gives: 10 } });
    program = await stage.service.program(joining);
    store = await stage.service.store(program, 'shopify');
    const [one, two] = [
      await stage.service.member(program, store.id, '5', {}),
      await stage.service.member(program, store.id, '6', {}),
    ];
    expect([await points(one), await points(two)]).toEqual(['10', '10']);
    await tell('customers/merge', {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/5',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/6',
      status: 'completed',
    });
    expect([await points(one), await points(two)]).toEqual(['10', '0']);
  });

  test('41: erased, then the same person buys again: nothing of them comes back, the books stay whole', async () => {
    await tell('orders/paid', order());
    await tell('customers/redact', { shop_domain: store.key, customer: { id: 5 }, orders_to_redact: [1001] });
    expect(await stage.db.sql('select * from member_pii where member_id = $1', [member])).toEqual([]);
    await tell('orders/updated', order({ updated_at: at(30) }));
    await tell('orders/paid', order({ id: 1002 }));
    expect(await stage.decision(program, `order:${store.id}/1002`)).toBe('not-a-member');
    const kept = await stage.db.sql<{ snapshot: unknown }>(
      'select snapshot from order_state where program_id = $1 and order_id = $2',
      [program, '1001'],
    );
    expect(JSON.stringify(kept)).not.toContain('"customer":"5"');
    expect(await points()).toBe('40');
  });
});

describe('kinds of orders', () => {
  test('46: an inquiry is nothing, a chargeback takes, won it gives again; spent meanwhile it is owed', async () => {
    await tell('orders/paid', order());
    const dispute = { id: 77, order_id: 1001, type: 'chargeback', status: 'needs_response', initiated_at: at(1) };
    const opened = Date.parse(at(1));
    const seen: string[] = [];
    const say = async (kind: 'inquiry' | 'chargeback', won: number | null) => {
      shows({ updated_at: at(0) }, { disputes: [{ id: '77', kind, opened, won, lost: null }] });
      await tell('disputes/update', dispute);
      seen.push(await points());
    };
    await say('inquiry', null);
    await stage.reserve(program, store.id, '5');
    await say('chargeback', null);
    await say('chargeback', Date.parse(at(9)));
    expect(seen).toEqual(['40', '0, held 20, debt -20', '20, held 20']);
  });

  test('47: cancelled for fraud: reversed, and the advocate’s reward with it', async () => {
    const [row] = await stage.db.sql<{ referral_code: string }>('select referral_code from member where id = $1', [
      member,
    ]);
    const code = row?.referral_code ?? '';
    const friend = await stage.service.member(program, store.id, '6', { email: 'f@example.test', referral: code }, 1);
    await tell('orders/paid', order({ customer: { id: 6 } }));
    await tell(
      'orders/cancelled',
      order({ customer: { id: 6 }, cancelled_at: at(5), cancel_reason: 'fraud', updated_at: at(5) }),
    );
    stage.service.clock.advance(30 * 24 * 3_600_000);
    expect([await points(), await points(friend), await decision()]).toEqual(['0', '0', 'cancelled']);
  });

  test('50: an order of nothing but a free product earns nothing and says so', async () => {
    await tell('orders/paid', order({ total_price: '0.00' }, [shopifyLine(1, '0.00')]));
    expect([await points(), await decision()]).toEqual(['0', 'zero-base']);
  });
});

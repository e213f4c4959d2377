import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Discount } from '../../demo/stores/shop/model.js';
import type { WooStore } from '../../demo/stores/woocommerce/start.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import type { Work } from '../../src/jobs/run-effects.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import type { Loyalty } from '../../src/loyalty/context.js';
import { redeem } from '../../src/loyalty/redeem.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { connectWoo } from '../platforms/support/stores.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { startService, type TestService, WOO_SECRET } from '../support/service.js';

/** A point a euro, nothing for joining, 20 a review; 5 euro off for 20 points; a friend brings 50. */
export const LEDGER_RULES: ProgramRules = programRules.parse({
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  reviews: { gives: 20 },
  referral: { advocate: 50, friend: 0, returnDays: 7 },
  rewards: [{ id: 'five', kind: 'amount-off', points: 20, off: 500 }],
});

export interface LedgerStage {
  db: TestDatabase;
  service: TestService;
  /** Who answers for a store's API. */
  platforms: Map<string, OutboundPlatform>;
  work: Work & { loyalty: Loyalty };
  /** `<available>`, with what is pending, held or owed beside it. */
  points(program: string, member: string): Promise<string>;
  /** By order: the reason, and what it gives. */
  decision(program: string, activity: string): Promise<string | undefined>;
  redemption(program: string, id: string): Promise<{ state: string; code: string; code_state: string }>;
  reserve(program: string, store: string, customer: string, key?: string): Promise<string>;
  expectSound(program: string): Promise<void>;
}

/** A service with its receiver, its worker and a real database for a whole test file; the shops are the test's. */
export function ledgerStage(): LedgerStage {
  const db = testDatabase();
  const stage = { db, platforms: new Map() } as LedgerStage;
  beforeAll(async () => {
    stage.service = await startService(db, {
      platforms: (store) => {
        const found = stage.platforms.get(store);
        if (!found) throw new Error('this store has no API in this test');
        return found;
      },
    });
    stage.work = { ...stage.service.work, loyalty: stage.service.loyalty };
  });
  afterAll(() => stage.service.stop());
  const now = () => stage.service.clock.now();
  stage.points = async (program, member) => {
    const [balance] = await inTransaction(db.app, { programs: [program] }, (tx) =>
      readBalancesAt(tx, [{ program, member }], now()),
    );
    const { available = 0n, pending = 0n, held = 0n, debt = 0n } = balance ?? {};
    const beside = [`pending ${pending}`, `held ${held}`, `debt ${debt}`].filter((text) => !/ -?0$/.test(text));
    return [String(available), ...beside].join(', ');
  };
  stage.decision = async (program, activity) => {
    const [row] = await db.sql<{ reason: string; gives: Record<string, string> }>(
      'select reason, gives from decision where program_id = $1 and activity = $2',
      [program, activity],
    );
    return row && [row.reason, row.gives['points']].filter((part) => part !== undefined).join(' ');
  };
  stage.redemption = async (program, id) => {
    const [row] = await db.sql<{ state: string; code: string; code_state: string }>(
      'select state, code, code_state from redemption where program_id = $1 and id = $2',
      [program, id],
    );
    if (!row) throw new Error('no such redemption');
    return row;
  };
  stage.reserve = (program, store, customer, key = `key-${Math.random()}`) =>
    inTransaction(db.app, { programs: [program] }, async (tx) => {
      const line = {
        id: '1',
        kind: 'product' as const,
        product: '1',
        categories: [],
        tags: [],
        quantity: 1,
        net: 10_000,
        tax: 0,
        discount: 0,
      };
      const money = { code: 'EUR', exponent: 2 };
      const cart = { store, channel: 'web', money, lines: [line], shipping: { net: 0, tax: 0 } };
      const wish = { program, store, customer, reward: 'five', points: null, cart, key, hash: Buffer.from(key) };
      return (await redeem(tx, wish, now(), stage.service.loyalty)).id;
    });
  stage.expectSound = async (program) => {
    expect(await db.sql('select topic, error from inbox where program_id = $1 and status = 2', [program])).toEqual([]);
    expect(await verify(db.owner, { program })).toEqual([]);
    expect((await replayProgram(db.app, program, now())).differences).toEqual([]);
  };
  return stage;
}

export interface WooScene {
  woo: WooStore;
  program: string;
  store: string;
  key: string;
  anna: string;
  /** The member that Anna, customer of the shop, is. */
  member: string;
  /** One bag of 24.00 net, no tax, no shipping. */
  bag: string;
  /** What the shop calls itself in its webhooks. */
  source: Record<string, string>;
  /** The shop's coupon of this text, if it can still be used. */
  coupon(code: string): Discount | undefined;
  /** Webhooks out, receiver, worker, effects: until nothing waits anywhere. */
  settle(): Promise<void>;
  buy(more?: Partial<Parameters<WooStore['placeOrder']>[0]>): string;
  close(): Promise<void>;
}

/**
 * A WooCommerce shop on loopback, connected both ways, with Anna as a member of its own program. `door` = where its webhooks
 * go, when that is not the receiver itself.
 */
export async function wooScene(
  stage: LedgerStage,
  { rules = LEDGER_RULES, door = stage.service.url }: { rules?: ProgramRules; door?: string } = {},
): Promise<WooScene> {
  const { service } = stage;
  const settings = { taxesIncluded: false, shippingPrice: 0, shippingTaxPercent: 0 };
  const { store: woo, platform, close } = await connectWoo({ clock: service.clock, settings });
  const program = await service.program(rules);
  const own = { url: `${woo.url}/`, installation: woo.storeId };
  const { id: store, key } = await service.store(program, 'woocommerce', own);
  stage.platforms.set(store, platform);
  await platform.ensureSubscriptions(`${door}/webhooks/woocommerce/${key}`, WOO_SECRET);
  const anna = woo.shop.customerByEmail('anna@example.test')?.id ?? '';
  const member = await service.member(program, store, anna, { email: 'anna@example.test' });
  const bag = woo.shop.state.products[0];
  if (!bag) throw new Error('the shop sells nothing');
  Object.assign(bag, { price: 2400, taxPercent: 0 });
  service.clock.advance(60_000);
  const settle = async () => {
    for (let i = 0; i < 4; i++) {
      await woo.settle();
      await service.drain();
    }
  };
  const buy: WooScene['buy'] = (more = {}) =>
    woo.placeOrder({ customer: anna, lines: [{ product: bag.id, quantity: 1 }], ...more }).id;
  const coupon: WooScene['coupon'] = (code) =>
    woo.shop.state.discounts.find((one) => one.code.toLowerCase() === code.toLowerCase() && one.status === 'live');
  const source = { 'x-wc-webhook-source': `${woo.url}/` };
  const leave = async () => {
    stage.platforms.delete(store);
    await close();
  };
  return { woo, program, store, key, anna, member, bag: bag.id, source, coupon, settle, buy, close: leave };
}

import { expect } from '@jest/globals';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { inTransaction } from '../../src/db/database.js';
import { endReservations, sweepPoints } from '../../src/jobs/schedules.js';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import type { TestDatabase } from './database.js';
import { RememberedPlatform } from './remembered-platform.js';
import { PLAIN_RULES, type TestService, startService } from './service.js';
import { shopifyOrderBody } from './shopify-order-body.js';
import { type StorefrontClient, storefrontOf } from './storefront-client.js';

export const NOON = Date.parse('2026-03-01T12:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export interface OrderWish extends Partial<Omit<OrderSnapshot, 'lines'>> {
  id: string;
  /** Whole cents of its one product line, or of each of several. */
  cents: number | number[];
}

/** An order as the shop knows it: paid at once, in euros, without tax and shipping unless the test says so. */
export function anOrder({ id, cents, ...more }: OrderWish): OrderSnapshot {
  const placed = more.placed ?? more.at ?? NOON;
  return {
    id,
    at: placed,
    name: `#${id}`,
    channel: 'web',
    customer: null,
    email: null,
    phone: null,
    placed,
    paid: placed,
    fulfilled: null,
    cancelled: null,
    test: false,
    money: { code: 'EUR', exponent: 2 },
    lines: [cents].flat().map((net, i) => ({
      id: lineId(id, i),
      kind: 'product',
      product: '9001',
      categories: [],
      tags: [],
      quantity: 1,
      net,
      tax: 0,
      discount: 0,
    })),
    shipping: { net: 0, tax: 0 },
    tip: 0,
    outstanding: 0,
    giftCardPaid: 0,
    refunds: [],
    disputes: [],
    codes: [],
    referral: null,
    ...more,
  };
}

export const lineId = (order: string, index = 0) => `${order}${String(index + 1).padStart(2, '0')}`;

/** A refund of money, or of a line's goods. */
export function aRefund(
  id: string,
  at: number,
  what: { amount?: number; line?: string; net?: number; quantity?: number; failed?: number },
): OrderSnapshot['refunds'][number] {
  const { amount = 0, line, net = 0, quantity = 1, failed = null } = what;
  const lines = line === undefined ? [] : [{ line, quantity, net, tax: 0 }];
  return { id, at, lines, shipping: { net: 0, tax: 0 }, amount, failed };
}

/** A cart as the widget sends it. */
export const aCart = (cents: number) => ({
  currency: 'EUR',
  lines: [{ id: '1', product: '9001', quantity: 1, net: cents }],
});

/** A program with one shop, and short words for what happens there. */
export interface World {
  service: TestService;
  storefront: StorefrontClient;
  platform: RememberedPlatform;
  program: string;
  store: { id: string; key: string };
  joins(customer: string, person?: Parameters<TestService['member']>[3]): Promise<string>;
  /** The shop knows the order so from now on, and says it (by its body, or as `news` to be read). Nothing is worked on yet. */
  tells(order: OrderSnapshot, how?: 'body' | 'news'): Promise<void>;
  /** The same, and all work is done. */
  has(order: OrderSnapshot, how?: 'body' | 'news'): Promise<void>;
  says(topic: string, body: unknown): Promise<void>;
  balance(customer: string): Promise<{ available: number; pending: number; held: number; debt: number }>;
  decision(
    order: string,
  ): Promise<{ reason: string; gives: Record<string, string>; member: string | null } | undefined>;
  redeem(customer: string, reward: string, cents: number, key?: string): ReturnType<StorefrontClient['redeem']>;
  /** All that happens by itself by now: points mature and end, reservations run out, what is due is settled. */
  passes(ms?: number): Promise<void>;
  /** The invariants hold, the replay agrees, nothing was refused. */
  isSound(): Promise<void>;
}

export interface Worlds {
  make(rules?: ProgramRules): Promise<World>;
  service: TestService;
  storefront: StorefrontClient;
  stop(): Promise<void>;
}

/** One service of a test file, and as many programs on it as its tests want. */
export async function worldsOn(db: TestDatabase): Promise<Worlds> {
  const platforms = new Map<string, RememberedPlatform>();
  const service = await startService(db, { platforms: (store) => platforms.get(store) ?? new RememberedPlatform() });
  const storefront = await storefrontOf(db, service);
  return {
    service,
    storefront,
    make: (rules = PLAIN_RULES) => makeWorld(db, service, storefront, platforms, rules),
    stop: async () => {
      await storefront.close();
      await service.stop();
    },
  };
}

async function makeWorld(
  db: TestDatabase,
  service: TestService,
  storefront: StorefrontClient,
  platforms: Map<string, RememberedPlatform>,
  rules: ProgramRules,
): Promise<World> {
  const { clock } = service;
  const program = await service.program(rules);
  const store = await service.store(program, 'shopify', { money: rules.money.code });
  const platform = new RememberedPlatform();
  platforms.set(store.id, platform);
  const by = (customer: string) => ({ shop: store.key, customer });
  const says = async (topic: string, body: unknown) =>
    expect((await service.shopify(store, topic, body)).status).toBe(200);
  const tells = async (order: OrderSnapshot, how: 'body' | 'news' = 'body') => {
    const before = platform.orders.get(order.id);
    if (!before || before.at <= order.at) platform.orders.set(order.id, order);
    if (!before) platform.use(order.codes.map(({ code }) => code));
    if (how === 'news') await says('order_transactions/create', { id: 1, order_id: Number(order.id) });
    else await says(before ? 'orders/updated' : 'orders/create', shopifyOrderBody(order));
  };
  return {
    service,
    storefront,
    platform,
    program,
    store,
    joins: (customer, person) => service.member(program, store.id, customer, person),
    tells,
    has: async (order, how) => {
      await tells(order, how);
      await service.drain();
    },
    says,
    balance: async (customer) => {
      const { ok } = await storefront.member(by(customer));
      const { available = '0', pending = '0', held = '0', debt = '0' } = ok?.balances['points'] ?? {};
      return { available: Number(available), pending: Number(pending), held: Number(held), debt: Number(debt) };
    },
    decision: async (order) => {
      const [row] = await db.sql<{ reason: string; gives: Record<string, string>; member: string | null }>(
        'select reason, gives, member_id as member from decision where program_id = $1 and activity = $2',
        [program, order.includes(':') ? order : `order:${store.id}/${order}`],
      );
      return row;
    },
    redeem: (customer, reward, cents, key = `key-${Math.random()}`) =>
      storefront.redeem(by(customer), { reward, cart: aCart(cents) }, key),
    passes: async (ms = 0) => {
      clock.advance(ms);
      const jobs = { ...service.work, loyalty: service.loyalty, forgetBodies: async () => 0 };
      await sweepPoints(jobs);
      await endReservations(jobs);
      await service.drain();
    },
    isSound: async () => {
      const failed = await db.sql('select topic, status, error from inbox where program_id = $1 and status <> 1', [
        program,
      ]);
      expect(failed).toEqual([]);
      expect(await verify(db.owner, { program })).toEqual([]);
      const { differences } = await replayProgram(db.app, program, clock.now());
      expect(differences).toEqual([]);
    },
  };
}

/** Everything that the ledger says of a program's members, for comparing two ways to the same end. */
export async function booksOf(db: TestDatabase, { program, store }: World): Promise<unknown> {
  const accounts = await db.sql(
    `select l.customer, a.unit, a.kind, a.balance from account a
     join customer_link l on l.program_id = a.program_id and l.member_id = a.member_id
     where a.program_id = $1 and a.balance <> 0 order by 1, 2, 3`,
    [program],
  );
  const lots = await db.sql(
    `select c.customer, l.unit, replace(l.of, $2, 'S/') as of, l.given, l.remaining, l.lapsed, l.drawn, l.matured, l.earned_at, l.usable_at, l.ends_at
     from lot l join customer_link c on c.program_id = l.program_id and c.member_id = l.member_id
     where l.program_id = $1 and l.given <> 0 and l.of like 'order:%' order by 1, 2, 3`,
    [program, `${store.id}/`],
  );
  const decisions = await db.sql(
    `select replace(activity, $2, 'S/') as activity, reason, gives, explanation - 'because' as explanation from decision
     where program_id = $1 and activity like 'order:%' order by 1`,
    [program, `${store.id}/`],
  );
  return { accounts, lots, decisions };
}

/** Works in a transaction of the program, as the product's verbs are called. */
export const inWorld = <T>(db: TestDatabase, { program }: World, fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(db.app, { programs: [program] }, fn);

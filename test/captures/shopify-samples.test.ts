import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { openBody } from '../../webhooks/open-body.js';
import { shopify } from '../../webhooks/shopify/index.js';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService, type TestService } from '../support/service.js';
import { aKnownStore, type ShopifySample, shopifySamples } from '../webhooks/captures.js';
import { LEDGER_RULES } from '../webhooks/ledger-stage.js';

/** A1: Shopify's sample bodies through the receiver and the worker: each becomes a decision, or says on its row why not. */
const db = testDatabase();
const platforms = new Map<string, RememberedPlatform>();
let service: TestService;
beforeAll(async () => {
  service = await startService(db, {
    platforms: (store) => {
      const found = platforms.get(store);
      if (!found) throw new Error('no such store');
      return found;
    },
  });
  service.clock.set('2026-12-01T00:00:00Z');
});
afterAll(() => service.stop());

const SAMPLES = shopifySamples();
/** These end a store: after them everything else is said to nobody. They are played last in each order. */
const ENDS = /^(app\/uninstalled|shop\/redact|customers\/redact)$/;
const store = aKnownStore({ money: { code: 'USD', exponent: 2 } });

/** What the shop's API would say of each sampled order: its newest body; of a poked order that no sample shows, nothing. */
function theShop(): RememberedPlatform {
  const shop = new RememberedPlatform();
  for (const sample of SAMPLES) {
    if (!shopify.hears(sample.topic)) continue;
    const reading = shopify.read(sample.topic, openBody(sample.bytes), store);
    if (reading.kind !== 'order') continue;
    const known = shop.orders.get(reading.order.id);
    if (!known || known.at <= reading.order.at) shop.orders.set(reading.order.id, reading.order);
  }
  return shop;
}

async function play(order: readonly ShopifySample[], worksEach: boolean) {
  const program = await service.program(LEDGER_RULES);
  const shop = await service.store(program, 'shopify', { money: 'USD' });
  platforms.set(shop.id, theShop());
  for (const sample of order) {
    // the same bytes under another shop would be refused: every play is a shop of its own
    const body = sample.bytes.toString('utf8').replace(/\}$/, `,"played_by":"${shop.key}"}`);
    const answer = await service.shopify(shop, sample.topic, body);
    expect([sample.name, answer.status]).toEqual([sample.name, 200]);
    if (worksEach) await service.drain();
  }
  await service.drain();
  expect(await verify(db.owner, { program })).toEqual([]);
  expect((await replayProgram(db.app, program, service.clock.now())).differences).toEqual([]);
  const rows = await db.sql<{ topic: string; status: number; error: string | null }>(
    'select topic, status, error from inbox where program_id = $1 order by topic, error',
    [program],
  );
  const decisions = await db.sql<{ activity: string; reason: string }>(
    'select activity, reason from decision where program_id = $1 order by activity',
    [program],
  );
  return { rows, decisions: decisions.map((one) => [one.activity.replace(`${shop.id}/`, ''), one.reason]) };
}

const last = (order: readonly ShopifySample[]) => [
  ...order.filter(({ topic }) => !ENDS.test(topic)),
  ...SAMPLES.filter(({ topic }) => ENDS.test(topic)),
];

test('each sample is settled: decided, done, or put aside with its reason; none waits, none is lost', async () => {
  const { rows, decisions } = await play(last(SAMPLES), true);
  const heard = SAMPLES.filter(({ topic }) => shopify.hears(topic));
  expect(rows.length).toBe(heard.length);
  expect(rows.filter(({ status }) => status === 0)).toEqual([]);
  for (const { status, error } of rows) if (status === 2) expect(error).toMatch(/\w{3}/);
  const orders = theShop().orders.size;
  expect(decisions.filter(([activity]) => activity?.startsWith('order:')).length).toBeGreaterThanOrEqual(orders);
});

test('in any order, one by one or in one batch, the decisions are the same', async () => {
  const { decisions } = await play(last(SAMPLES), true);
  for (const [order, each] of [
    [[...SAMPLES].reverse(), true],
    [[...SAMPLES].reverse(), false],
    [[...SAMPLES].sort((a, b) => a.topic.localeCompare(b.topic)), false],
  ] as const)
    expect((await play(last(order), each)).decisions).toEqual(decisions);
});

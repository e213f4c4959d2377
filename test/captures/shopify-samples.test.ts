import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { programRules } from '../../src/rules/program-rules.js';
import { openBody } from '../../webhooks/open-body.js';
import { shopify } from '../../webhooks/shopify/index.js';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService, type TestService } from '../support/service.js';
import { aKnownStore, type ShopifySample, shopifySamples } from '../webhooks/captures.js';
import { LEDGER_RULES } from '../webhooks/ledger-stage.js';
import { shuffled } from './play.js';

/**
 * A1: Shopify's sample bodies through the receiver and the worker: each becomes a decision, or says on its row why not; what
 * they come to for their customers is worked out by hand.
 */
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

/** A point a dollar of goods after discounts, without tax; other moneys at booked rates. */
const RULES = programRules.parse({
  ...LEDGER_RULES,
  money: { code: 'USD', exponent: 2 },
  currencies: { HKD: '1/8', PLN: '1/4', AUD: '2/3' },
});

/** By customer, what their orders come to; by order, why. Worked out by hand from the bodies (test/fixtures/shopify/README.md). */
const EXPECTED: Record<string, { points: string; decisions: Record<string, string>; arithmetic: string }> = {
  '207119551': {
    points: '195',
    decisions: { '450789469': 'earned 195' },
    arithmetic:
      '3 x 199.00 - 10.00 (3.34 + 3.33 + 3.33) = 587.00; two lines back, 195.66 + 195.67 = 391.33; 195.67 is left, tax 11.94 is out',
  },
  '1073339467': {
    points: '181',
    decisions: { '1073459981': 'earned 181' },
    arithmetic: '199.00 - 17.91 = 181.09',
  },
  '8658316394796': {
    points: '46',
    decisions: { '6198432301356': 'earned 46', '6198821716268': 'cancelled' },
    arithmetic:
      '399.00 - 20.00 - 5.00 = 374.00 HKD, shipping 20.00 is out; 374.00 / 8 = 46.75; the other, of 99.00, is cancelled and refunded',
  },
  '6670178025000': {
    points: '436',
    decisions: { '100500': 'earned 436' },
    arithmetic: '2 x 123.00 + 3 x 500.00 = 1746.00 PLN, tax of 401.58 on top is out; 1746.00 / 4 = 436.50',
  },
  '9974938960184': {
    points: '54',
    decisions: { '7024924328248': 'earned 54' },
    arithmetic: '2 x 45.08 = 90.16 AUD with a tax of 8.20 inside; 81.96 x 2 / 3 = 54.64',
  },
  '115310627314723954': {
    points: '0',
    decisions: { '820982911946154508': 'test-order' },
    arithmetic: 'two bodies of one order, both `test`',
  },
};
const GUESTS = ['1073459962', '6200354537772', '4216042061977'];

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

async function play(order: readonly ShopifySample[], worksEach: boolean | ((i: number) => boolean)) {
  const program = await service.program(RULES);
  const shop = await service.store(program, 'shopify', { money: 'USD' });
  platforms.set(shop.id, theShop());
  const members = new Map<string, string>();
  for (const customer of Object.keys(EXPECTED))
    members.set(customer, await service.member(program, shop.id, customer, {}, 0));
  for (const [i, sample] of order.entries()) {
    // the same bytes under another shop would be refused: every play is a shop of its own
    const body = sample.bytes.toString('utf8').replace(/\}$/, `,"played_by":"${shop.key}"}`);
    const answer = await service.shopify(shop, sample.topic, body);
    expect([sample.name, answer.status]).toEqual([sample.name, 200]);
    if (typeof worksEach === 'boolean' ? worksEach : worksEach(i)) await service.drain();
  }
  await service.drain();
  expect(await verify(db.owner, { program })).toEqual([]);
  expect((await replayProgram(db.app, program, service.clock.now())).differences).toEqual([]);
  const rows = await db.sql<{ topic: string; status: number; error: string | null }>(
    'select topic, status, error from inbox where program_id = $1 order by topic, error',
    [program],
  );
  const decided = await db.sql<{ activity: string; reason: string; points: string | null }>(
    `select activity, reason, gives ->> 'points' as points from decision where program_id = $1 order by activity`,
    [program],
  );
  const decisions = new Map(
    decided.map(({ activity, reason, points }) => [
      activity.replace(`order:${shop.id}/`, ''),
      points === null ? reason : `${reason} ${points}`,
    ]),
  );
  const balances = await inTransaction(db.app, { programs: [program] }, (tx) =>
    readBalancesAt(
      tx,
      [...members.values()].map((member) => ({ program, member })),
      service.clock.now(),
    ),
  );
  const has = (member: string) => String(balances.find((one) => one.member === member)?.available ?? 0n);
  const points = Object.fromEntries([...members].map(([customer, member]) => [customer, has(member)]));
  return { rows, decisions, points };
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
  for (const id of theShop().orders.keys()) expect([id, decisions.get(id)]).toEqual([id, expect.any(String)]);
});

describe('with their customers as members, what they come to by hand', () => {
  const byHand = Object.fromEntries(Object.entries(EXPECTED).map(([customer, { points }]) => [customer, points]));
  const decidedByHand = [
    ...Object.values(EXPECTED).flatMap(({ decisions }) => Object.entries(decisions)),
    ...GUESTS.map((id) => [id, 'guest'] as const),
  ];
  const ways: [string, readonly ShopifySample[], boolean | ((i: number) => boolean)][] = [
    ['in order, one by one', SAMPLES, true],
    ['in order, in one batch', SAMPLES, false],
    ['backwards, one by one', [...SAMPLES].reverse(), true],
    ['backwards, in one batch', [...SAMPLES].reverse(), false],
    ...[1, 2, 3].map((seed): [string, readonly ShopifySample[], (i: number) => boolean] => {
      const { order, worksAfter } = shuffled(SAMPLES, seed);
      return [`shuffled with duplicates, seed ${seed}`, order, worksAfter];
    }),
  ];
  test.each(ways)('%s', async (_, order, works) => {
    const { points, decisions } = await play(last(order), works);
    expect(points).toEqual(byHand);
    expect(Object.fromEntries(decidedByHand.map(([id]) => [id, decisions.get(id)]))).toEqual(
      Object.fromEntries(decidedByHand),
    );
  });

  test('what is decided of orders that are only named (deleted, refunded, edited) is the same both ways too', async () => {
    const { decisions } = await play(last(SAMPLES), true);
    expect((await play(last([...SAMPLES].reverse()), false)).decisions).toEqual(decisions);
    expect(decisions.size).toBeGreaterThan(decidedByHand.length);
  });

  test('every sampled order stands in the table, and nothing else does', () => {
    expect(decidedByHand.map(([id]) => id).sort()).toEqual([...theShop().orders.keys()].sort());
  });
});

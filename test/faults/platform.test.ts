import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type AnswerFault, Faults } from '../../demo/stores/faults.js';
import { emptyDatabase } from '../support/database.js';
import { until } from '../support/redis.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(240_000);
const SOON = 60_000;
/** What every member has: 72.00 spent and the joining gift. A `five` costs 50 of it. */
const HAS = 82;

/** Remembers what was asked of the shop. */
class WatchedFaults extends Faults {
  readonly calls: string[] = [];
  override take(request: string): AnswerFault | null {
    this.calls.push(request);
    return super.take(request);
  }
}
type Spoilt = { [Kind in AnswerFault as Kind['kind']]: Omit<Kind, 'on' | 'times'> }[AnswerFault['kind']];

/** `alone`: it is over by itself within seconds; for the others we let the time pass that the service gave the platform. */
const SPOILT: { name: string; fault: Spoilt; alone?: boolean }[] = [
  { name: '429 with Retry-After', fault: { kind: 'status', status: 429, retryAfter: '1' }, alone: true },
  { name: '429 without a word', fault: { kind: 'status', status: 429 } },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: 'HTML instead of JSON', fault: { kind: 'html' } },
  { name: 'JSON that ends in the middle, the work done', fault: { kind: 'truncated' } },
  { name: 'an empty answer', fault: { kind: 'empty' } },
  { name: 'a connection that breaks before', fault: { kind: 'reset' } },
  { name: 'a connection that breaks after the work', fault: { kind: 'reset-after' } },
  { name: 'a time-out after the work', fault: { kind: 'hang-after' } },
];

let stage: Stage;
let drop: () => Promise<void>;
const faults = new WatchedFaults();

beforeAll(async () => {
  const made = await emptyDatabase('template_tallymark');
  drop = made.drop;
  stage = await setStage({ databaseUrl: made.url, members: SPOILT.length + 2, faults });
  await Promise.all([stage.run.ready('web'), stage.run.ready('worker')]);
  const beans = stage.shop.shop.state.products.find(({ sku }) => sku === 'BEAN-1')?.id ?? '';
  for (const customer of stage.customers) {
    stage.pass();
    const lines = [{ product: beans, quantity: 3 }];
    await stage.insist(stage.shop.placeOrder({ customer, lines, complete: true }));
  }
  await stage.drained(SOON, true);
});
afterAll(async () => {
  await stage.close();
  await drop();
});

interface Redemption {
  id: string;
  code: string;
  state: string;
  code_state: string;
}
const redemptionOf = async (id: string) => {
  const [row] = await stage.sql<Redemption>('select id, code, state, code_state from redemption where id = $1', [id]);
  if (!row) throw new Error(`no redemption ${id}`);
  return row;
};
const accounts = async (customer: string) => {
  const rows = await stage.sql<{ kind: string; balance: string }>(
    `select a.kind, a.balance::text from account a join customer_link l on l.program_id = a.program_id and l.member_id = a.member_id
     where l.customer = $1 and a.kind in ('available', 'held')`,
    [customer],
  );
  const of = (kind: string) => Number(rows.find((row) => row.kind === kind)?.balance ?? 0);
  return { available: of('available'), held: of('held') };
};
const couponsOf = (code: string) =>
  stage.shop.shop.state.discounts.filter((discount) => discount.code.toLowerCase() === code.toLowerCase());

/** Never both, never neither: points are held as long as the code could be used, and back once it cannot. */
async function expectEither(customer: string, id: string): Promise<Redemption> {
  const redemption = await redemptionOf(id);
  const { available, held } = await accounts(customer);
  expect([available + held, held === 0 || held === 50]).toEqual([HAS, true]);
  if (held === 0) expect(couponsOf(redemption.code)).toEqual([]);
  return redemption;
}

async function redeem(customer: string): Promise<string> {
  const cart = { currency: 'EUR', lines: [{ id: '1', product: null, quantity: 1, net: 2400 }] };
  const key = { 'idempotency-key': `intention-of-${customer}` };
  const answer = await stage.api(customer, 'POST', '/redeem', { reward: 'five', cart }, key);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** The pause that the service gave the platform is over. */
const timePasses = () =>
  stage.sql("update outbox set next_at = '-infinity' where status = 0 and error is not null and next_at > now()");

async function becomes(customer: string, id: string, codeState: string, alone: boolean): Promise<Redemption> {
  let redemption = await expectEither(customer, id);
  const arrived = async () => {
    if (!alone) await timePasses();
    redemption = await expectEither(customer, id);
    return redemption.code_state === codeState;
  };
  await until(arrived, SOON, `the code is ${codeState}`);
  return redemption;
}

describe.each(SPOILT)('F20-F22: the shop answers with $name', ({ fault, alone = false }) => {
  const customer = () => stage.customers[SPOILT.findIndex((one) => one.fault === fault)] ?? '';
  let id: string;

  test('to the creation of a code: exactly one comes to be, and its points are held', async () => {
    faults.answer({ ...fault, on: /^POST .*\/coupons/ });
    id = await redeem(customer());
    const { code } = await becomes(customer(), id, 'live', alone);
    expect(couponsOf(code)).toHaveLength(1);
    expect(await accounts(customer())).toEqual({ available: HAS - 50, held: 50 });
  });

  test('to its end: the points come back when it is gone, not before', async () => {
    // the client itself repeats what may be repeated
    faults.answer({ ...fault, on: /^DELETE .*\/coupons/, times: fault.kind === 'hang-after' ? 1 : 3 });
    expect((await stage.api(customer(), 'DELETE', `/redemptions/${id}`)).status).toBe(200);
    const { code, state } = await becomes(customer(), id, 'killed', alone);
    expect([couponsOf(code), state]).toEqual([[], 'released']);
    expect(await accounts(customer())).toEqual({ available: HAS, held: 0 });
    faults.clear();
  });
});

test('the shop refuses a code for good: nothing of it is left, and the points are back', async () => {
  const customer = stage.customers.at(-2) ?? '';
  const body = JSON.stringify({ code: 'woocommerce_rest_cannot_create', message: 'Not here.', data: { status: 400 } });
  faults.answer({ kind: 'status', status: 400, body, on: /^POST .*\/coupons/ });
  const id = await redeem(customer);
  const { code } = await becomes(customer, id, 'failed', false);
  expect([couponsOf(code), await accounts(customer)]).toEqual([[], { available: HAS, held: 0 }]);
});

test('F23: the shop knows us no longer: it is suspended once, asked no more, and what waited is done after a reconnection', async () => {
  const customer = stage.customers.at(-1) ?? '';
  const status = async () => (await stage.sql<{ status: string }>('select status from store'))[0]?.status;
  faults.answer({ kind: 'status', status: 401, times: 1e9 });
  const id = await redeem(customer);
  await until(async () => (await status()) === 'suspended', SOON, 'the store is suspended');
  const asked = faults.calls.length;
  for (let round = 0; round < 3; round++) {
    await timePasses();
    const tried = 'select 1 from outbox where status = 0 and next_at <= now()';
    await until(async () => (await stage.sql(tried)).length === 0, SOON, 'what waits was tried and put back');
  }
  expect(faults.calls.length - asked).toBeLessThan(10);
  expect(await stage.sql("select 1 from audit_event where what = 'store.suspended'")).toHaveLength(1);
  expect([(await expectEither(customer, id)).code_state, await accounts(customer)]).toEqual([
    'wanted',
    { available: HAS - 50, held: 50 },
  ]);
  faults.clear();
  await stage.sql("update store set status = 'active'");
  const { code } = await becomes(customer, id, 'live', false);
  expect(couponsOf(code)).toHaveLength(1);
  await stage.expectBooks();
});

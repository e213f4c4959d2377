import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Command } from '../../src/commands/command.js';
import { command as explain } from '../../src/commands/explain.js';
import { command as exporting } from '../../src/commands/export.js';
import { command as person } from '../../src/commands/person.js';
import { command as replay } from '../../src/commands/replay.js';
import { command as verify } from '../../src/commands/verify.js';
import { command as reconcile } from '../../src/commands/reconcile.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/lib/logger.js';
import { makeReleasers } from '../../src/lib/releasers.js';
import { emptyDatabase } from '../support/database.js';
import { KEYS } from '../faults/processes.js';
import { type Stage, setStage } from '../faults/stage.js';
import type { Order } from '../../demo/stores/shop/model.js';

jest.setTimeout(240_000);

let stage: Stage;
let url: string;
let drop: () => Promise<void>;
let order: Order;
let customer: string;

/** One member with one order of 72.00 that came as a delivery and was decided by the service itself. */
beforeAll(async () => {
  const made = await emptyDatabase('template_tallymark');
  ({ drop, url } = made);
  stage = await setStage({ databaseUrl: url, members: 1, silent: true });
  await Promise.all([stage.run.ready('web'), stage.run.ready('worker')]);
  customer = stage.customers[0] ?? '';
  const beans = stage.shop.shop.state.products.find(({ sku }) => sku === 'BEAN-1')?.id ?? '';
  stage.pass();
  order = stage.shop.placeOrder({ customer, lines: [{ product: beans, quantity: 3 }], complete: true });
  await stage.insist(order);
  await stage.drained(60_000, true);
  await stage.run.end();
  stage.shop.faults.clear();
});
afterAll(async () => {
  await stage.close();
  await drop();
});

async function run(command: Command, ...args: string[]): Promise<{ end: string; said: string }> {
  const said: string[] = [];
  const log = createLogger('silent');
  const releasers = makeReleasers(log);
  const config = readConfig({ DATABASE_URL: url, KEYS, ALLOW_PRIVATE_STORES: 'true', PORT: '0' });
  const quiet = () => undefined;
  try {
    const end = await command({ config, args, log, releasers, say: (line) => void said.push(line), complain: quiet });
    return { end, said: said.join('\n') };
  } finally {
    await releasers.release();
  }
}

describe('explain', () => {
  test('a member: each line with rule and version, arithmetic, rounding and where the points went', async () => {
    const [member] = await stage.sql<{ public_id: string }>('select public_id from member');
    const { end, said } = await run(explain, 'member', member?.public_id ?? '');
    expect(end).toBe('done');
    expect(said).toContain(`member ${member?.public_id} of program ${stage.program} has 82 points`);
    expect(said).toMatch(/\+10 points {2}\(10 after it\) {2}earn of join:/);
    expect(said).toMatch(
      new RegExp(
        `\\+72 points {2}\\(82 after it\\) {2}earn of order:${stage.store}/${order.id} \\(#${order.number}\\) `,
      ),
    );
    expect(said).toMatch(/rule base \(rate\).*7200.* = 72(\/1)? points/);
    expect(said).toContain('by rules version 1');
    expect(said).toContain('rounded: floor, to whole points');
    expect(said).toMatch(/to line \S+: 72 points/);
  });

  test('an order: its lines and its decision; a line of a history by its id', async () => {
    const { said } = await run(explain, 'order', `${stage.store}/${order.id}`);
    expect(said).toContain(`order ${stage.store}/${order.id} (#${order.number}) of program`);
    expect(said).toContain('gives 72 points');
    expect(said).toMatch(/line \S+: Espresso Beans 1 kg, product \S+, net 7200 \(EUR, 2 decimals\)/);
    const [, id = ''] = /\[line (\d+)\]/.exec((await run(explain, 'member', await memberId())).said) ?? [];
    expect((await run(explain, 'line', id)).said).toContain(`[line ${id}]`);
  });

  test('what is not there is said to be not there', async () => {
    for (const args of [['order', '1/none'], ['line', '999999999'], ['member', 'x'], ['moon', '1'], []])
      await expect(run(explain, ...args)).rejects.toThrow(/Say what to explain|There is no/);
  });
});

const memberId = async () =>
  (await stage.sql<{ public_id: string }>('select public_id from member'))[0]?.public_id ?? '';

test('export: every row of the program as a line of JSON', async () => {
  const { said } = await run(exporting, stage.program);
  const rows = said.split('\n').map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
  const count = (table: string) => rows.filter((row) => row.table === table).length;
  expect([count('program'), count('member'), count('order_state')]).toEqual([1, 1, 1]);
  expect(rows.filter(({ table }) => table === 'transfer').map(({ row }) => row['points'])).toEqual([10, 72]);
  await expect(run(exporting, '999')).rejects.toThrow('There is no program 999');
});

test('person: all that is kept of one customer, for the owner to hand on, and that it was read', async () => {
  const { said } = await run(person, stage.store, customer);
  const rows = said.split('\n').map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> });
  const tables = new Set(rows.map(({ table }) => table));
  expect([...tables]).toEqual(
    expect.arrayContaining(['customer_link', 'order_state', 'member', 'decision', 'account']),
  );
  expect(rows.filter(({ table }) => table === 'order_state').map(({ row }) => row['order_id'])).toEqual([order.id]);
  expect(await stage.sql("select 1 from audit_event where what = 'data.read'")).toHaveLength(1);
  await expect(run(person, stage.store)).rejects.toThrow('person <store> <customer>');
  await expect(run(person, '999', customer)).rejects.toThrow('There is no store 999');
});

test('reconcile: reads the shop and heals what no delivery told', async () => {
  stage.pass();
  const missed = stage.shop.placeOrder({
    customer,
    lines: order.lines.map(({ product }) => ({ product, quantity: 1 })),
  });
  const { end, said } = await run(reconcile, stage.store);
  expect([end, said]).toEqual(['done', expect.stringMatching(/2 orders seen, 1 healed$/)]);
  expect((await run(explain, 'order', `${stage.store}/${missed.id}`)).said).toContain('gives 24 points');
  await expect(run(reconcile, '999')).rejects.toThrow('There is no connected store 999');
});

describe('verify and replay', () => {
  test('say so when all holds', async () => {
    expect(await run(verify)).toEqual({ end: 'done', said: 'every invariant holds' });
    const { end, said } = await run(replay);
    expect([end, said]).toEqual(['done', expect.stringContaining('live and replayed agree')]);
    expect(said).toContain('1 deliveries of 1 orders, 1 members');
  });

  test('replay fails and names an order whose delivered state is not ours', async () => {
    await stage.sql("update order_state set snapshot = jsonb_set(snapshot, '{paid}', 'null') where order_id = $1", [
      order.id,
    ]);
    const { end, said } = await run(replay);
    expect(end).toBe('failed');
    expect(said).toContain(
      `DIFFERENT order ${stage.store}/${order.id}: no delivery of its newest state agrees with ours in: paid`,
    );
    expect(said).toMatch(/DIFFERENT member \d+: the replay would move/);
  });

  test('verify fails and names the first bad row', async () => {
    await stage.sql("update account set balance = balance + 1 where kind = 'available'");
    const { end, said } = await run(verify);
    expect(end).toBe('failed');
    expect(said).toMatch(/BROKEN in program \d+: balances_equal_entries\. .*"kind":"available"/);
  });
});

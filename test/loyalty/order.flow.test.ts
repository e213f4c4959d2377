import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { shopifyOrder } from '../support/shopify-bodies.js';
import { testDatabase } from '../support/database.js';
import { type TestService, startService } from '../support/service.js';

const db = testDatabase();
let service: TestService;

beforeAll(async () => {
  service = await startService(db);
});
afterAll(() => service.stop());

async function balanceOf(program: string, member: string) {
  const [balance] = await inTransaction(db.app, { programs: [program] }, (tx) =>
    readBalancesAt(tx, [{ program, member }], service.clock.now()),
  );
  return { available: balance?.available ?? 0n, pending: balance?.pending ?? 0n, debt: balance?.debt ?? 0n };
}

async function expectSound(program: string) {
  expect(await verify(db.owner, { program })).toEqual([]);
  const report = await replayProgram(db.app, program, service.clock.now());
  expect(report.differences).toEqual([]);
}

describe('the way of an order (A1, T2)', () => {
  it('becomes points with the first paid snapshot, and nothing more with the same again', async () => {
    const program = await service.program();
    const store = await service.store(program, 'shopify');
    const member = await service.member(program, store.id, '501');
    const order = shopifyOrder({ id: 1001, customer: 501, price: '43.70', at: '2026-03-01T12:00:00Z' });
    expect((await service.shopify(store, 'orders/create', order)).status).toBe(200);
    await service.drain();
    expect(await balanceOf(program, member)).toMatchObject({ available: 53n });
    expect((await service.shopify(store, 'orders/paid', order)).status).toBe(200);
    expect((await service.shopify(store, 'orders/updated', order)).status).toBe(200);
    await service.drain();
    expect(await balanceOf(program, member)).toMatchObject({ available: 53n });
    await expectSound(program);
  });
});

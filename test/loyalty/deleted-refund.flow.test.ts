import { expect, test } from '@jest/globals';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService } from '../support/service.js';
import { HOUR, NOON, aRefund, anOrder } from '../support/world.js';

const db = testDatabase();

test('A1, C2: a refund that was deleted in the shop’s admin gives its points back, though the shop knows it no more', async () => {
  const platform = new RememberedPlatform();
  const service = await startService(db, { platforms: () => platform });
  service.clock.set(NOON);
  const program = await service.program();
  const store = await service.store(program, 'woocommerce');
  await service.member(program, store.id, '501');
  const told = async (action: string, arg: number) => {
    await service.woo(store, `action.${action}`, { action, arg });
    await service.drain();
    const rows = await db.sql<{ reason: string; gives: { points?: string } }>(
      "select reason, gives from decision where program_id = $1 and activity like 'order:%'",
      [program],
    );
    return Number(rows[0]?.gives.points ?? 0);
  };

  service.clock.advance(HOUR);
  const order = anOrder({ id: '31', customer: '501', cents: 4_000 });
  platform.orders.set('31', { ...order, at: NOON + 1, refunds: [aRefund('33', NOON + 1, { amount: 1_000 })] });
  expect(await told('woocommerce_refund_created', 33)).toBe(30);
  // deleting stamps nothing: the order is as old as it was
  platform.orders.set('31', { ...order, at: NOON + 1 });
  expect(await told('woocommerce_refund_deleted', 33)).toBe(40);
  expect(await told('woocommerce_refund_deleted', 99)).toBe(40);
  await service.stop();
});

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { emptyDatabase } from '../support/database.js';
import { until } from '../support/redis.js';
import { queueHomes, type QueueHome } from './queues.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(240_000);
const SOON = 30_000;

interface MemberAnswer {
  member: { id: string } | null;
  balances: Record<string, { available: string; pending: string }>;
}
interface RedemptionAnswer {
  id: string;
  code: string | null;
  codeState: string;
  state: string;
  points: string;
}

/** G20: from the shop's own webhooks to the storefront API and back into the shop, by the real web and worker. */
describe.each(queueHomes())('the whole path with the queue on $name', ({ open }) => {
  let stage: Stage;
  let queue: QueueHome;
  let drop: () => Promise<void>;
  let customer: string;

  beforeAll(async () => {
    const made = await emptyDatabase('template_tallymark');
    drop = made.drop;
    queue = await open(made.url);
    stage = await setStage({ databaseUrl: made.url, redisUrl: queue.redisUrl, members: 1 });
    await Promise.all([stage.run.ready('web'), stage.run.ready('worker')]);
    customer = stage.customers[0] ?? '';
  });
  afterAll(async () => {
    await stage.close();
    await queue.close();
    await drop();
  });

  const json = async <T>(answer: Response): Promise<T> => {
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const available = async () => {
    const { balances } = await json<MemberAnswer>(await stage.api(customer, 'GET', '/member'));
    return Number(balances['points']?.available ?? 0);
  };
  const becomes = (points: number) => until(async () => (await available()) === points, SOON, `${points} points`);
  const beans = () => stage.shop.shop.state.products.find((product) => product.sku === 'BEAN-1')?.id ?? '';
  const coupons = () => stage.shop.shop.state.discounts.map(({ code }) => code.toUpperCase());
  const buy = (quantity: number, codes: string[] = []) => {
    stage.pass();
    const lines = [{ product: beans(), quantity }];
    return stage.shop.placeOrder({ customer, lines, codes, complete: true });
  };
  let redemption: RedemptionAnswer;

  test('the shop is subscribed to by the worker itself', async () => {
    await until(() => stage.shop.webhooks.list().length >= 15, SOON, 'the webhooks are there');
    expect(new Set(stage.shop.webhooks.list().map((hook) => hook.status))).toEqual(new Set(['active']));
  });

  test('an order becomes points', async () => {
    buy(3); // 72.00 and the joining gift of 10
    await becomes(82);
  });

  test('points become a code that lives at the shop', async () => {
    const cart = { currency: 'EUR', lines: [{ id: '1', product: beans(), quantity: 1, net: 2400 }] };
    const wish = { reward: 'five', cart };
    const key = { 'idempotency-key': 'intention-1' };
    redemption = await json(await stage.api(customer, 'POST', '/redeem', wish, key));
    await until(
      async () => {
        redemption = await json(await stage.api(customer, 'GET', `/redemptions/${redemption.id}`));
        return redemption.codeState === 'live';
      },
      SOON,
      'the code lives',
    );
    expect([redemption.state, redemption.points, await available()]).toEqual(['held', '50', 32]);
    expect(coupons()).toEqual([redemption.code?.toUpperCase()]);
  });

  test('the order that uses it captures the points; the code is taken away', async () => {
    buy(1, [redemption.code ?? '']); // 24.00 - 5.00
    await becomes(51);
    await until(
      async () => {
        redemption = await json(await stage.api(customer, 'GET', `/redemptions/${redemption.id}`));
        return redemption.codeState === 'killed';
      },
      SOON,
      'the code is killed',
    );
    expect([redemption.state, coupons()]).toEqual(['captured', []]);
  });

  test('its refund takes what it gave and gives back what it took', async () => {
    const order = stage.shop.shop.state.orders.at(-1);
    stage.pass();
    stage.shop.refund(order?.id ?? '', {
      lines: (order?.lines ?? []).map((line) => ({ line: line.id, quantity: line.quantity })),
    });
    await becomes(82);
    await stage.expectBooks();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { makeSchedules } from '../../src/jobs/schedules.js';
import { settleNewStore } from '../../src/jobs/settle-new-store.js';
import { programRules } from '../../src/rules/program-rules.js';
import { connectWooCommerce } from '../../src/stores/connect-woocommerce.js';
import { platformOpener } from '../../src/stores/open-platform.js';
import { aDoorThatCloses, type ClosingDoor } from './door-that-closes.js';
import { LEDGER_RULES, ledgerStage, wooScene, type WooScene } from './ledger-stage.js';

/** The nasty cases of a platform's life by number, on WooCommerce shops of loopback: the schedules do what they do by themselves. */
const stage = ledgerStage();
const HOUR = 3_600_000;
let door: ClosingDoor;
let scene: WooScene;
beforeAll(async () => {
  door = await aDoorThatCloses(() => stage.service.url);
});
afterAll(() => door.close());
afterEach(async () => {
  await stage.expectSound(scene.program);
  await scene.close();
});

const around = () => ({ publicUrl: door.url, keys: stage.service.keys });
const runs = (name: string) => {
  const jobs = { ...stage.work, forgetBodies: async () => 0 };
  const found = makeSchedules(jobs, around()).find((one) => one.name === name);
  if (!found) throw new Error(`no schedule ${name}`);
  return found.run(new AbortController().signal);
};
const points = () => stage.points(scene.program, scene.member);
const decision = (order: string) => stage.decision(scene.program, `order:${scene.store}/${order}`);
const later = (ms: number) => stage.service.clock.advance(ms);

describe('28: the shop switches our webhooks off after seven failures', () => {
  test('found by itself, switched on, read again at once; dated by the order, so that a promotion that is over still counts', async () => {
    stage.service.clock.set('2026-03-06T09:00:00Z');
    const promotions = [{ id: 'friday', factor: '2', when: { dates: { from: '2026-03-06', to: '2026-03-06' } } }];
    const rules = programRules.parse({ ...LEDGER_RULES, promotions });
    scene = await wooScene(stage, { rules, door: door.url });
    scene.buy();
    await scene.settle();
    expect(await points()).toBe('48');

    door.shut = true;
    const missed = scene.buy();
    const placed = stage.service.clock.now();
    for (let i = 0; i < 7; i++) {
      later(60_000);
      scene.woo.change(missed, { phone: `+31 6 ${i}` });
      await scene.settle();
    }
    const hook = scene.woo.webhooks.list().find(({ topic }) => topic === 'order.updated');
    expect(hook).toMatchObject({ status: 'disabled' });
    door.shut = false;
    scene.woo.change(missed, { phone: '' });
    await scene.settle();
    expect(await points()).toBe('48');

    stage.service.clock.set('2026-03-07T15:00:00Z');
    await runs('subscriptions');
    await scene.settle();
    expect(hook).toMatchObject({ status: 'active' });
    expect([await points(), await decision(missed)]).toEqual(['96', 'earned 48']);
    const lots = await stage.db.sql<{ earned_at: Date }>(
      'select earned_at from lot where program_id = $1 and of = $2',
      [scene.program, `order:${scene.store}/${missed}`],
    );
    expect(lots.map(({ earned_at }) => earned_at.getTime())).toEqual([placed]);
    // told again from now on, without anybody reading
    scene.buy();
    await scene.settle();
    expect(await points()).toBe('120');
  });
});

describe('58: who connected the shop is deleted there, and the keys and webhooks with them', () => {
  test('the owner is told once and the shop left alone; connected anew, what was missed is read and what waited is done', async () => {
    scene = await wooScene(stage, { door: door.url });
    scene.buy();
    await scene.settle();
    expect(await points()).toBe('24');
    const standing = async () => {
      const told = await stage.db.sql<{ facts: { why: string } }>(
        "select facts from audit_event where program_id = $1 and what = 'store.suspended'",
        [scene.program],
      );
      const rows = await stage.db.sql<{ status: string }>('select status from store where id = $1', [scene.store]);
      return [rows[0]?.status, told.length];
    };

    (scene.woo.keys as unknown[]).splice(0);
    scene.woo.faults.deliveries.drop = 1;
    const missed = scene.buy();
    const placed = stage.service.clock.now();
    await scene.settle();
    // the shop signs what its own webhook may no longer read
    const error = { code: 'woocommerce_rest_cannot_view', message: 'Sorry.', data: { status: 401 } };
    expect((await stage.service.woo({ key: scene.key }, 'order.updated', error, scene.source)).status).toBe(200);
    await stage.service.drain();
    const [row] = await stage.db.sql<{ status: number; error: string }>(
      'select status, error from inbox where program_id = $1 order by id desc limit 1',
      [scene.program],
    );
    expect(row).toMatchObject({ status: 1, error: expect.stringContaining('connect the shop again') });
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await stage.service.drain();
    expect([await points(), (await stage.redemption(scene.program, id)).code_state]).toEqual(['4, held 20', 'wanted']);
    expect(await standing()).toEqual(['suspended', 1]);
    later(HOUR);
    const asked = scene.woo.shop.state.orders.length;
    await runs('reconcile');
    await runs('subscriptions');
    expect([await standing(), scene.woo.shop.state.orders.length]).toEqual([['suspended', 1], asked]);

    scene.woo.faults.clear();
    await connectAnew();
    expect(await standing()).toEqual(['active', 1]);
    await scene.settle();
    const { code, code_state } = await stage.redemption(scene.program, id);
    expect([code_state, scene.coupon(code)?.uses]).toEqual(['live', 0]);
    expect([await points(), await decision(missed)]).toEqual(['28, held 20', 'earned 24']);
    const lots = await stage.db.sql<{ earned_at: Date }>(
      'select earned_at from lot where program_id = $1 and of = $2',
      [scene.program, `order:${scene.store}/${missed}`],
    );
    expect(lots.map(({ earned_at }) => earned_at.getTime())).toEqual([placed]);
    scene.buy({ codes: [code] });
    await scene.settle();
    expect(await points()).toBe('47');
  });
});

/** The owner's way: the consent page hands new keys to the callback, and everything that follows a connection follows. */
async function connectAnew(): Promise<void> {
  const { service, db, work } = stage;
  const guard = { allowPrivate: true };
  const key = {
    key: `ck_${randomBytes(20).toString('hex')}`,
    secret: `cs_${randomBytes(20).toString('hex')}`,
    permissions: 'read_write' as const,
  };
  (scene.woo.keys as unknown[]).push(key);
  const context = { shopify: null, guard, clock: service.clock };
  const opener = platformOpener({ db: db.app, keys: service.keys, context, clock: service.clock });
  const verbs = connectWooCommerce({
    db: db.app,
    clock: service.clock,
    keys: service.keys,
    guard,
    publicUrl: door.url,
    connected: async ({ id, program }) => {
      expect([id, program]).toEqual([scene.store, scene.program]);
      stage.platforms.set(id, await opener.open(program, id));
      await settleNewStore(work, { program, store: id }, around());
    },
  });
  const { id } = await verbs.begin({ url: scene.woo.url, now: service.clock.now() });
  const keys = { consumerKey: key.key, consumerSecret: key.secret };
  expect(await verbs.accept({ id, keys, now: service.clock.now() })).toBe(true);
}

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { wakeEffects } from '../../src/jobs/claim-effects.js';
import { runEffects } from '../../src/jobs/run-effects.js';
import { processShard } from '../../webhooks/process.js';
import { ledgerStage, wooScene, type WooScene } from './ledger-stage.js';

/** F20: two shops in one shard, both on loopback; one takes every request and never answers. */
const stage = ledgerStage();
const SHARD = 99;
let stuck: WooScene;
let well: WooScene;

beforeEach(async () => {
  stage.service.clock.set('2026-03-01T12:00:00Z');
  [stuck, well] = [await wooScene(stage), await wooScene(stage)];
  for (const scene of [stuck, well]) {
    scene.buy();
    await scene.settle();
  }
});
afterEach(async () => {
  for (const scene of [stuck, well]) {
    scene.woo.faults.clear();
    await scene.close();
  }
});

const hangs = (scene: WooScene) => scene.woo.faults.answer({ kind: 'hang', times: 1e9 });
/** What waits of both shops lies in one shard that nobody else works on. */
const together = () =>
  Promise.all(
    ['inbox', 'outbox'].map((table) =>
      stage.db.sql(`update ${table} set shard = $1 where status = 0 and program_id = any($2)`, [
        SHARD,
        [stuck.program, well.program],
      ]),
    ),
  );
const codeState = async (scene: WooScene, id: string) => (await stage.redemption(scene.program, id)).code_state;
const points = (scene: WooScene) => stage.points(scene.program, scene.member);

/** Polls; a hanging request takes a second and a half to time out. */
async function soon(what: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until;) {
    if (await what()) return true;
    await new Promise((later) => setTimeout(later, 20));
  }
  return false;
}

/** Counts what is asked of a shop's orders. */
function counted(scene: WooScene): { asked: string[] } {
  const platform = stage.platforms.get(scene.store) as OutboundPlatform;
  const asked: string[] = [];
  const fetchOrder: OutboundPlatform['fetchOrder'] = (id) => {
    asked.push(id);
    return platform.fetchOrder(id);
  };
  stage.platforms.set(scene.store, Object.assign(Object.create(platform) as OutboundPlatform, { fetchOrder }));
  return { asked };
}

describe('effects', () => {
  test('of the other shop are done while the one hangs; its own wait, and its points stay held', async () => {
    hangs(stuck);
    const ids = new Map<WooScene, string>();
    for (const scene of [stuck, well]) ids.set(scene, await stage.reserve(scene.program, scene.store, scene.anna));
    await together();
    let over = false;
    const running = runEffects(stage.work, SHARD).then(() => (over = true));
    expect(await soon(async () => (await codeState(well, ids.get(well) ?? '')) === 'live', 1_200)).toBe(true);
    expect(over).toBe(false);
    await running;
    expect([await codeState(stuck, ids.get(stuck) ?? ''), await points(stuck)]).toEqual(['wanted', '4, held 20']);
    stuck.woo.faults.clear();
    stage.service.clock.advance(60_000);
    await runEffects(stage.work, SHARD);
    expect(await codeState(stuck, ids.get(stuck) ?? '')).toBe('live');
  });

  test('that wait for hours are done at once when their shop is connected again, and no other shop’s', async () => {
    const ids = new Map<WooScene, string>();
    for (const scene of [stuck, well]) {
      scene.woo.faults.answer({ kind: 'status', status: 429, retryAfter: '7200', times: 1e9 });
      ids.set(scene, await stage.reserve(scene.program, scene.store, scene.anna));
    }
    await stage.service.drain();
    for (const scene of [stuck, well]) scene.woo.faults.clear();
    stage.service.clock.advance(60_000);
    await stage.service.drain();
    const both = () => Promise.all([stuck, well].map((scene) => codeState(scene, ids.get(scene) ?? '')));
    expect(await both()).toEqual(['wanted', 'wanted']);
    await wakeEffects(stage.db.app, stuck.store);
    await stage.service.drain();
    expect(await both()).toEqual(['live', 'wanted']);
    stage.service.clock.advance(2 * 3_600_000);
    await stage.service.drain();
    expect(await both()).toEqual(['live', 'live']);
    for (const scene of [stuck, well]) await stage.expectSound(scene.program);
  });
});

describe('deliveries', () => {
  test('of the other shop are read through it while the one hangs, which is asked twice and then left alone', async () => {
    const { asked } = counted(stuck);
    const poke = { action: 'woocommerce_order_refunded' };
    for (const arg of [901, 902, 903, 904, 905]) {
      const body = { ...poke, arg };
      await stage.service.woo({ key: stuck.key }, 'action.woocommerce_order_refunded', body, stuck.source);
    }
    const person = { id: Number(stuck.anna), email: 'anna@example.test', date_created_gmt: '2026-03-01T12:00:00' };
    await stage.service.woo({ key: stuck.key }, 'customer.updated', person, stuck.source);
    well.woo.refund(well.woo.shop.state.orders[0]?.id ?? '');
    await well.woo.settle();
    hangs(stuck);
    await together();
    let over = false;
    const running = processShard(stage.service.parts, SHARD).then(() => (over = true));
    expect(await soon(async () => (await points(well)) === '0', 1_200)).toBe(true);
    // what needs no answer of the hanging shop did not wait for it either
    const done = await stage.db.sql(
      "select 1 from inbox where program_id = $1 and topic = 'customer.updated' and status = 1 and shard = $2",
      [stuck.program, SHARD],
    );
    expect([over, done.length]).toEqual([false, 1]);
    await running;
    expect(asked).toEqual(['901', '902']);
    const waiting = await stage.db.sql(
      'select 1 from inbox where program_id = $1 and status = 0 and attempts = 0 and next_at > now()',
      [stuck.program],
    );
    expect(waiting).toHaveLength(5);
  });
});

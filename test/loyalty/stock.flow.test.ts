import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { PLAIN_RULES } from '../support/service.js';
import { aCart, anOrder, DAY, HOUR, NOON, type World, type Worlds, worldsOn } from '../support/world.js';

/** P13: a reward of which there are only so many. A piece is taken once, whoever asks at the same time, and comes back with its reward. */
const db = testDatabase();
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;
const { joining: _none, ...plain } = PLAIN_RULES;
const RULES = programRules.parse({
  ...plain,
  joining: { gives: 100, unit: 'points' },
  rewards: [
    { id: 'pan', kind: 'by-hand', points: 40, what: 'A pan', keptDays: 10, stock: 'counted' },
    { id: 'five', kind: 'amount-off', points: 50, off: 500, stock: 'counted' },
    { id: 'free', kind: 'amount-off', points: 10, off: 100 },
  ],
});
const MEMBERS = Array.from({ length: 12 }, (_, i) => String(501 + i));

interface Stocked {
  stocks: { reward: string; received: number; taken: number; left: number; over: number; state: string }[];
}
const tell = (reward: string, news: object) =>
  owner.ask<Stocked & { error?: { code: string } }>(shop.program, 'POST', `/stock/${reward}`, news);
const arrive = (reward: string, pieces: number, seen = 0) => tell(reward, { how: 'arrived', pieces, seen });
const stockOf = async (reward: string) => {
  const { body } = await owner.ask<Stocked>(shop.program, 'GET', '/stock');
  const { received, taken, left, over, state } = body.stocks.find((one) => one.reward === reward)!;
  return { received, taken, left, over, state };
};
const shownTo = async (customer: string | null, reward: string) => {
  const by = { shop: shop.store.key, customer };
  const { ok } = await worlds.storefront.program(by);
  const offers = (await worlds.storefront.preview(by, aCart(4_000))).ok?.redeem ?? [];
  const offer = offers.find((one) => one.reward === reward);
  return [ok?.rewards.find(({ id }) => id === reward)?.left, offer?.points, offer?.binding];
};
const undo = (customer: string, id: string) => worlds.storefront.undo({ shop: shop.store.key, customer }, id);

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  for (const customer of MEMBERS) await shop.joins(customer);
});

describe('P13: a reward of which there are only so many', () => {
  it('never one too many: twelve members at once for five pieces, while others bring theirs back', async () => {
    await arrive('five', 5);
    const all = await Promise.all(MEMBERS.map((customer) => shop.redeem(customer, 'five', 4_000, `once-${customer}`)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(5);
    for (const { refused } of all.filter(({ ok }) => !ok))
      expect(refused).toMatchObject({ status: 409, code: 'not_redeemable', details: { binding: 'sold-out' } });
    const ours = MEMBERS.flatMap((customer, i) => (all[i]?.ok ? [{ customer, id: all[i].ok.id }] : []));
    const others = MEMBERS.filter((_, i) => !all[i]?.ok);
    for (const customer of others) expect(await shop.balance(customer)).toMatchObject({ available: 100, held: 0 });
    expect(await stockOf('five')).toMatchObject({ received: 5, taken: 5, left: 0, state: 'out' });
    // who has it already is told so, however often they ask
    const again = await shop.redeem(ours[0]!.customer, 'five', 4_000, `once-${ours[0]!.customer}`);
    expect(again.ok?.id).toBe(ours[0]!.id);

    const [back, got] = await Promise.all([
      Promise.all(ours.slice(0, 3).map(({ customer, id }) => undo(customer, id))),
      Promise.all(others.map((customer) => shop.redeem(customer, 'five', 4_000))),
    ]);
    await worlds.service.drain();
    expect(back.map(({ ok }) => ok?.state)).toEqual(['released', 'released', 'released']);
    const taken = 2 + got.filter(({ ok }) => ok).length;
    expect(await stockOf('five')).toMatchObject({ received: 5, taken, left: 5 - taken, over: 0 });
    expect(taken).toBeLessThanOrEqual(5);
    await shop.isSound();
  });

  it('is sold out for everybody alike, guests told first; what is not counted has no end; more can arrive', async () => {
    expect(await shownTo(null, 'five')).toEqual([0, '0', 'sold-out']);
    expect(await shownTo('501', 'free')).toEqual([null, '10', null]);
    expect((await shop.redeem('501', 'five', 4_000)).refused?.details).toEqual({ binding: 'sold-out' });
    const bell = await owner.ask<{ needs: { kind: string; about: string }[] }>(shop.program, 'GET', '/overview');
    expect(bell.body.needs.flatMap(({ kind, about }) => (kind === 'out-of-stock' ? [about] : []))).toHaveLength(2);

    const [once, twice] = await Promise.all([arrive('five', 2), arrive('five', 2)]);
    expect([once.status, twice.status].sort()).toEqual([200, 409]);
    expect(await shownTo('501', 'five')).toEqual([2, '50', null]);
    await shop.redeem('501', 'five', 4_000);
    expect(await shownTo(null, 'five')).toEqual([1, '0', 'not-a-member']);
    expect((await tell('five', { how: 'counted', left: 0, why: 'broken' })).status).toBe(200);
    expect(await stockOf('five')).toMatchObject({ received: 1, taken: 1, left: 0 });
    expect((await arrive('mug', 3)).body.error?.code).toBe('no_reward');
    const said = await db.sql<{ what: string; facts: object }>(
      "select what, facts from audit_event where program_id = $1 and what like 'stock.%' order by id",
      [shop.program],
    );
    expect(said.map(({ what, facts }) => [what, facts])).toEqual([
      ['stock.arrived', { reward: 'five', pieces: 2, left: 2 }],
      ['stock.counted', { reward: 'five', before: 1, left: 0, why: 'broken' }],
    ]);
    await shop.isSound();
  });

  it('a piece comes back with its reward: let go, not fetched, undone; a code that was used all the same has it', async () => {
    await arrive('pan', 1);
    await arrive('five', 1);
    const held = (await shop.redeem('501', 'pan', 0)).ok!;
    expect((await shop.redeem('502', 'pan', 0)).refused?.details).toEqual({ binding: 'sold-out' });
    await owner.ask(shop.program, 'POST', `/redemptions/${held.id}/solve`, { how: 'release' });
    expect(await stockOf('pan')).toMatchObject({ taken: 0, left: 1 });
    await shop.redeem('502', 'pan', 0);
    await shop.passes(11 * DAY);
    expect(await stockOf('pan')).toMatchObject({ taken: 0, left: 1 });

    const first = (await shop.redeem('501', 'five', 4_000)).ok!;
    await undo('501', first.id);
    const second = (await shop.redeem('502', 'five', 4_000)).ok!;
    expect(await stockOf('five')).toMatchObject({ taken: 1, left: 0, over: 0 });
    const now = worlds.service.clock.now();
    const orderWith = (id: string, customer: string, code: string) =>
      anOrder({ id, customer, cents: 3_500, placed: now, codes: [{ code, off: 500 }] });
    await shop.has(orderWith('9601', '502', second.code!));
    expect(await stockOf('five')).toMatchObject({ taken: 1, left: 0, over: 0 });
    // the shop had taken the first code while it died: the discount was given, and nothing is hidden
    await shop.has(orderWith('9602', '501', (await codeOf(first.id)).code));
    expect(await stockOf('five')).toMatchObject({ received: 1, taken: 2, left: 0, over: 1 });
    await shop.has({ ...orderWith('9601', '502', second.code!), at: now + HOUR, cancelled: now + HOUR });
    await shop.passes(HOUR);
    expect(await stockOf('five')).toMatchObject({ taken: 1, left: 0, over: 0 });
    await shop.isSound();
  });
});

const codeOf = async (id: string) => {
  const [row] = await db.sql<{ code: string }>('select code from redemption where id = $1', [id]);
  return row!;
};

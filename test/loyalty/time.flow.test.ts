import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { PLAIN_RULES } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import { DAY, HOUR, NOON, type World, type Worlds, aRefund, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 7000;
const anId = () => String(++next);
const at = (ms: number) => worlds.service.clock.set(NOON + ms);
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({
  ...BARE,
  pendingDays: 7,
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'days', days: 30 }, clawback: 'debt' } },
});

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  at(0);
  shop = await worlds.make(RULES);
  await shop.joins('501');
});

describe('points mature and end (C1, C4)', () => {
  it('pending, then usable, then gone: the same to a reader before and after the sweep', async () => {
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 4_000 }));
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 40 });
    at(7 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 40, pending: 0 });
    await shop.passes();
    expect(await shop.balance('501')).toMatchObject({ available: 40, pending: 0 });
    await shop.isSound();
    at(38 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 0 });
    await shop.passes();
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 0 });
    await shop.isSound();
  });

  it('a refund takes from pending points first where they are the order’s own', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    at(DAY);
    await shop.has({ ...order, at: NOON + DAY, refunds: [aRefund('1', NOON + DAY, { amount: 1_000 })] });
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 30 });
    await shop.passes(7 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 30, pending: 0 });
    await shop.isSound();
  });

  it('a refund of points that have ended takes nothing more', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    await shop.passes(39 * DAY);
    await shop.has({ ...order, at: NOON + 39 * DAY, refunds: [aRefund('1', NOON + 39 * DAY, { amount: 4_000 })] });
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 0, debt: 0 });
    await shop.isSound();
  });

  it('what was spent and is taken back is owed; pending points pay it when they become usable', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 6_000 });
    await shop.has(order);
    await shop.passes(7 * DAY);
    const { ok } = await shop.redeem('501', 'five', 9_000);
    const now = worlds.service.clock.now();
    await shop.has(
      anOrder({ id: anId(), customer: '501', cents: 3_000, at: now, codes: [{ code: ok?.code ?? '', off: 500 }] }),
    );
    expect(await shop.balance('501')).toMatchObject({ available: 10, pending: 30, held: 0 });
    at(8 * DAY);
    await shop.has({ ...order, at: NOON + 8 * DAY, refunds: [aRefund('1', NOON + 8 * DAY, { amount: 6_000 })] });
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 30, debt: 50 });
    await shop.isSound();
    at(14 * DAY + HOUR);
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 0, debt: 20 });
    await shop.passes();
    await shop.isSound();
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 0, debt: 20 });
  });

  it('what comes back to a lot that has ended is gone, and a late order is given its own time', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 6_000 });
    await shop.has(order);
    at(37 * DAY - HOUR);
    await shop.passes();
    const { ok } = await shop.redeem('501', 'five', 9_000);
    expect(ok?.state).toBe('held');
    await shop.passes(DAY + 2 * HOUR);
    // the reservation ran out after its lot had ended
    expect(await shop.balance('501')).toMatchObject({ available: 0, held: 0 });
    await shop.isSound();
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 1_000, at: NOON + 36 * DAY }));
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 10 });
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 2_000, at: NOON + HOUR }));
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 10 });
    await shop.passes();
    await shop.isSound();
  });

  it('an unpaid order counts when it is paid, in the order of payment, and later ones do not disturb it', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000, paid: null });
    await shop.has(order);
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'not-paid' });
    at(DAY);
    await shop.has({ ...order, at: NOON + DAY, paid: NOON + DAY });
    expect(await shop.balance('501')).toMatchObject({ pending: 40 });
    at(7 * DAY + HOUR);
    expect(await shop.balance('501')).toMatchObject({ available: 0, pending: 40 });
    at(8 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 40, pending: 0 });
    await shop.passes();
    await shop.isSound();
  });

  it('D1: a note that lapses unused is points again by itself; what its code held is so when the code is dead', async () => {
    const note = { id: 'note', kind: 'amount-off', unit: 'notes', points: 1, off: 500 };
    const turns = { id: 'turns', every: 20, pays: { unit: 'notes', gives: 1 }, when: 'month-end' };
    shop = await worlds.make(
      programRules.parse({
        ...BARE,
        units: { points: {}, notes: { expiry: { kind: 'days', days: 10 } } },
        converts: [{ ...turns, onReturn: 'undo-unused', onLapse: 'back' }],
        rewards: [note],
      }),
    );
    await shop.joins('501');
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 4_500 }));
    const purse = async () => {
      const { ok } = await shop.storefront.member({ shop: shop.store.key, customer: '501' });
      return [ok?.balances['points']?.available, ok?.balances['notes']?.available, ok?.balances['notes']?.held];
    };
    // midnight in Amsterdam begins April; ten whole days later the notes end
    const [april, end] = [Date.parse('2026-03-31T22:00:00Z') - NOON, Date.parse('2026-04-11T22:00:00Z') - NOON];
    at(april);
    await shop.passes();
    expect(await purse()).toEqual(['5', '2', '0']);
    at(end - HOUR / 2);
    const { ok: held } = await shop.redeem('501', 'note', 9_000);
    expect(held?.state).toBe('held');
    await shop.passes(HOUR / 2);
    expect(await purse()).toEqual(['25', '0', '1']);
    await shop.passes(DAY + HOUR);
    expect(await purse()).toEqual(['45', '0', '0']);
    await shop.isSound();
    const { ok: past } = await shop.storefront.history({ shop: shop.store.key, customer: '501' });
    const back = past?.lines.filter(({ sentence }) => sentence === 'Back: what became of it lapsed unused');
    expect(back?.map(({ points }) => points)).toEqual(['20', '20']);
    at(Date.parse('2026-04-30T22:00:00Z') - NOON);
    await shop.passes();
    expect(await purse()).toEqual(['5', '2', '0']);
    await shop.isSound();
  });
});

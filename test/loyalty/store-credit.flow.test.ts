import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { wakeEffects } from '../../src/jobs/claim-effects.js';
import { reconcileCredits } from '../../src/jobs/reconcile-credits.js';
import { solveRedemption } from '../../src/loyalty/list-redemptions.js';
import { solveTrouble } from '../../src/loyalty/store-trouble.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { aCart, anOrder, DAY, HOUR, inWorld, NOON, type World, type Worlds, worldsOn } from '../support/world.js';

/** B4, D6: cashback becomes store credit, once; whatever the platform answers, points and money agree. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 8000;
const { joining: _none, ...plain } = PLAIN_RULES;
const RULES = programRules.parse({
  ...plain,
  rewards: [
    { id: 'credit', kind: 'store-credit', points: 10, gives: 100 },
    { id: 'capped', kind: 'store-credit', points: 10, gives: 100, max: 40 },
  ],
});
const by = () => ({ shop: shop.store.key, customer: '501' });
const asks = (reward: string, points?: string, key = `key-${Math.random()}`) =>
  worlds.storefront.redeem(by(), { reward, cart: aCart(0), ...(points === undefined ? {} : { points }) }, key);
const given = () => [...shop.platform.credits.values()].map(({ off }) => off);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  await shop.joins('501');
  await shop.has(anOrder({ id: String((next += 1)), customer: '501', cents: 12_500 }));
  worlds.service.clock.set(NOON + HOUR);
});

describe('points as store credit', () => {
  it('takes all whole steps, gives so much money, and the points are used', async () => {
    const { ok } = await asks('credit');
    expect(ok).toMatchObject({ state: 'captured', points: '120', codeState: 'killed', code: null });
    expect(given()).toEqual([1_200]);
    expect(await shop.balance('501')).toMatchObject({ available: 5, held: 0 });
    await shop.isSound();
  });

  it('takes as many as are asked for, in whole steps, up to its limit', async () => {
    expect((await asks('credit', '30')).ok).toMatchObject({ state: 'captured', points: '30' });
    expect((await asks('credit', '35')).refused?.details).toMatchObject({ binding: 'step' });
    expect((await asks('credit', '900')).refused?.details).toMatchObject({ binding: 'balance' });
    expect((await asks('capped')).ok).toMatchObject({ points: '40' });
    expect((await asks('capped', '50')).refused?.details).toMatchObject({ binding: 'max' });
    expect(given()).toEqual([300, 400]);
    await shop.isSound();
  });

  it('the same intention twice is one credit', async () => {
    const first = await asks('credit', '30', 'one-intention');
    expect((await asks('credit', '30', 'one-intention')).ok).toEqual(first.ok);
    expect(given()).toEqual([300]);
  });

  it('a lost answer holds the points until it is known; then they are used, and no money was given twice', async () => {
    shop.platform.creditsAre = 'lost';
    const { ok } = await asks('credit', '30');
    expect(ok).toMatchObject({ state: 'held', codeState: 'wanted' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 30 });
    shop.platform.creditsAre = 'given';
    await shop.passes(10 * 60_000);
    expect((await worlds.storefront.redemption(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    expect(given()).toEqual([300]);
    await shop.isSound();
  });

  it('one that runs out while its answer is lost is looked for before anything comes back', async () => {
    shop.platform.creditsAre = 'lost';
    const { ok } = await asks('credit', '30');
    await worlds.storefront.undo(by(), ok?.id ?? '');
    await shop.passes(10 * 60_000);
    await shop.passes(DAY);
    expect((await worlds.storefront.redemption(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 0 });
    await shop.isSound();
  });

  it('refused for good: all points are back', async () => {
    shop.platform.creditsAre = 'refused';
    const { ok } = await asks('credit', '30');
    expect(ok).toMatchObject({ state: 'released', codeState: 'failed' });
    expect(await shop.balance('501')).toMatchObject({ available: 125, held: 0 });
    await shop.isSound();
  });

  it('once given it is final: undoing it changes nothing', async () => {
    const { ok } = await asks('credit', '30');
    expect((await worlds.storefront.undo(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    await shop.passes(3 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 95 });
    await shop.isSound();
  });
});

function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

describe('D6 asked for again while the shop is still answering', () => {
  const again: [string, (redemption: string) => Promise<unknown>][] = [
    [
      'the redemption is tried again',
      (id) =>
        inWorld(db, shop, (tx) =>
          solveRedemption(
            tx,
            { program: shop.program, id, how: 'retry', by: 'test' },
            worlds.service.clock.now(),
            worlds.service.loyalty,
          ),
        ),
    ],
    [
      'all that went wrong with the store is tried again',
      async () => {
        await db.sql('update outbox set attempts = 7 where program_id = $1', [shop.program]);
        const ref = { program: shop.program, store: shop.store.id };
        await inWorld(db, shop, (tx) => solveTrouble(tx, ref, 'retry', 'test'));
      },
    ],
    ['the store is connected again', () => wakeEffects(db.app, shop.store.id)],
  ];

  it.each(again)('%s: it is given once all the same', async (_what, doIt) => {
    const [answered, asked] = [gate(), gate()];
    const give = shop.platform.giveCredit.bind(shop.platform);
    let times = 0;
    shop.platform.giveCredit = async (order) => {
      times += 1;
      asked.open();
      // a second one is answered at once: a shop that has not written the first down would give both
      if (times === 1) await answered.passed;
      return give(order);
    };
    const asking = asks('credit', '30');
    await asked.passed;
    const [{ id } = { id: '' }] = await db.sql<{ id: string }>('select id from redemption where program_id = $1', [
      shop.program,
    ]);
    await doIt(id);
    await worlds.service.drain();
    answered.open();
    await asking;
    await shop.passes(2 * 60_000);
    expect(times).toBe(1);
    expect((await worlds.storefront.redemption(by(), id)).ok).toMatchObject({ state: 'captured' });
    await shop.isSound();
  });
});

describe('D6 the comparison of each night', () => {
  const compare = () => reconcileCredits(worlds.service.work, { program: shop.program, store: shop.store.id });
  const told = () =>
    db.sql<{ what: string; facts: { differences: { trouble: string }[] } }>(
      `select what, facts from audit_event where program_id = $1 and what like 'store.credit-%' order by id`,
      [shop.program],
    );
  const keyOf = (n: number) => [...shop.platform.credits.keys()][n] ?? '';

  it('says nothing where each credit is there once', async () => {
    await asks('credit', '30');
    expect(await compare()).toEqual({ seen: 1, healed: 0, differences: [], given: 300, left: 300 });
    expect(await told()).toEqual([]);
  });

  it('finds what is missing, doubled, of another amount or ended early; says so once; gives and takes nothing', async () => {
    for (let n = 0; n < 4; n += 1) await asks('credit', '10');
    const before = await shop.balance('501');
    shop.platform.credits.delete(keyOf(0));
    shop.platform.purse.set(keyOf(0), { times: 2 });
    shop.platform.purse.set(keyOf(1), { off: 250 });
    shop.platform.purse.set(keyOf(2), { ended: 40 });
    const { seen, healed, differences } = await compare();
    expect([seen, healed]).toEqual([4, 0]);
    expect(differences.map(({ trouble, asked, given: there }) => [trouble, asked, there])).toEqual([
      ['missing', 100, 0],
      ['doubled', 100, 200],
      ['amount', 100, 250],
      ['ended', 100, 100],
    ]);
    await compare();
    const [only, ...more] = await told();
    expect(more).toEqual([]);
    expect(only?.facts.differences.map(({ trouble }) => trouble)).toEqual(['missing', 'doubled', 'amount', 'ended']);
    expect(shop.platform.credits.size).toBe(3);
    expect(await shop.balance('501')).toEqual(before);

    shop.platform.purse.clear();
    shop.platform.credits.delete(keyOf(0));
    await compare();
    expect((await told()).map(({ what }) => what)).toEqual(['store.credit-differs', 'store.credit-differs']);
    await shop.isSound();
  });

  it('a credit that is there although its points went back is said; one whose answer never came is settled', async () => {
    shop.platform.creditsAre = 'refused';
    const { ok } = await asks('credit', '20');
    shop.platform.creditsAre = 'lost';
    await asks('credit', '30');
    const [row] = await db.sql<{ code: string }>('select code from redemption where program_id = $1 and id = $2', [
      shop.program,
      ok?.id ?? '',
    ]);
    const [lost] = shop.platform.credits.values();
    shop.platform.credits.set(row?.code ?? '', { ...lost, key: row?.code ?? '', off: 200 } as typeof lost & object);
    expect(await compare()).toMatchObject({
      healed: 1,
      differences: [{ trouble: 'after-return', asked: 0, given: 200 }],
    });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 0 });
    expect(await compare()).toMatchObject({ healed: 0 });
    await shop.isSound();
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { surveyReport } from '../../src/loyalty/answer-survey.js';
import { tellEvent } from '../../src/loyalty/tell-event.js';
import type { EventTold } from '../../src/loyalty/tell-event.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, anOrder, inWorld, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 91_000;
const anId = () => String(++next);
const set = (ms: number) => worlds.service.clock.set(NOON + ms);
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({
  ...BARE,
  zone: 'Europe/Amsterdam',
  deeds: [
    { id: 'own-cup', kind: 'event', name: 'Your own cup', gives: 5, limits: { day: 1 } },
    { id: 'open-day', kind: 'check-in', name: 'Open day', codes: ['OPEN-DAY-26'], gives: 20, to: '2026-03-02T17:00' },
    { id: 'soon', kind: 'check-in', codes: ['SOON-26'], gives: 20, from: '2026-04-01T10:00' },
    {
      ...{ id: 'taste', kind: 'survey', name: 'Your taste', gives: 30, to: '2026-03-10T00:00' },
      questions: [
        { id: 'roast', text: 'Which roasts?', options: ['Light', 'Dark', 'Both'], upTo: 2 },
        { id: 'why', text: 'Why?', required: false },
      ],
    },
    { id: 'us', kind: 'social', name: 'Our page', url: 'https://social.example/us', gives: 3, on: true },
    { id: 'quiet', kind: 'social', url: 'https://social.example/quiet', gives: 3 },
    { id: 'daily', kind: 'check-in', codes: ['EACH-DAY'], gives: 1, limits: { day: 1 } },
  ],
  goals: [
    { id: 'third', name: 'Third order', counts: { kind: 'orders' }, needs: 3, gives: 100, badge: 'Regular' },
    { id: 'cups', counts: { kind: 'deeds', of: ['own-cup'] }, needs: 2, gives: 50 },
    { id: 'anniversary', counts: { kind: 'years' }, needs: 1, every: true, gives: 70 },
  ],
});

const by = (customer = '501') => ({ shop: shop.store.key, customer });
const available = async () => (await shop.balance('501')).available;
const told = (event: Partial<EventTold> = {}) =>
  inWorld(db, shop, (tx) => {
    const of = { store: shop.store.id, customer: '501' };
    const { clock, loyalty } = worlds.service;
    return tellEvent(
      tx,
      shop.program,
      { id: anId(), event: 'own-cup', of, at: clock.now(), ...event },
      loyalty,
      clock.now(),
    );
  });

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  set(0);
  shop = await worlds.make(RULES);
  await shop.joins('501', { email: 'ana@example.test' });
});

describe('C18: events of the owner’s own', () => {
  it('give once by the caller’s id, however often they are told, and as often as their limits let them', async () => {
    expect(await told({ id: 'a' })).toEqual({ isNew: true, reason: 'earned', gives: { points: '5' } });
    expect(await told({ id: 'a' })).toEqual({ isNew: false, reason: 'earned', gives: { points: '5' } });
    expect(await told({ id: 'b' })).toEqual({ isNew: true, reason: 'limit', gives: {} });
    expect(await available()).toBe(5);
    expect((await shop.decision('event:a'))?.reason).toBe('earned');
    await shop.isSound();
  });

  it('of a late one that was earlier that day the earlier gives, and the sum stays', async () => {
    set(4 * HOUR);
    await told({ id: 'a' });
    await told({ id: 'b', at: NOON + HOUR });
    const reasons = [(await shop.decision('event:a'))?.reason, (await shop.decision('event:b'))?.reason];
    expect([...reasons, await available()]).toEqual(['limit', 'earned', 5]);
    await shop.isSound();
  });

  it('name the member by customer, by mailbox or by public id; an unknown event, member or a reused id is told so', async () => {
    const { ok } = await worlds.storefront.member(by());
    set(DAY);
    expect(await told({ of: { email: 'Ana+cups@example.test' } })).toMatchObject({ reason: 'earned' });
    set(2 * DAY);
    expect(await told({ id: 'p', of: { member: ok?.member?.id ?? '' } })).toMatchObject({ reason: 'earned' });
    await expect(told({ event: 'stairs' })).rejects.toMatchObject({ code: 'unknown_event', status: 404 });
    await expect(told({ of: { email: 'bo@example.test' } })).rejects.toMatchObject({
      code: 'not_a_member',
      status: 404,
    });
    await expect(told({ at: NOON + 3 * DAY })).rejects.toMatchObject({ code: 'event_in_future', status: 422 });
    await shop.joins('502');
    const another = { id: 'p', of: { store: shop.store.id, customer: '502' } };
    await expect(told(another)).rejects.toMatchObject({ code: 'event_id_reused', status: 409 });
  });
});

describe('C16: check-ins by a code', () => {
  const tries = async (code: string) => {
    const { ok, refused } = await worlds.storefront.checkIn(by(), code);
    return ok ?? [refused?.status, refused?.code];
  };

  it('give once, however the code is written; a wrong, early, late or used one is told so and leaves nothing behind', async () => {
    expect(await tries('open day 26')).toEqual({
      ...{ rule: 'open-day', name: 'Open day', gives: { points: '20' }, sentence: '20 points for Open day' },
    });
    expect(await tries('OPEN-DAY-26')).toEqual([409, 'check-in_limit']);
    set(DAY);
    expect(await tries('OPEN-DAY-26')).toEqual([409, 'check-in_limit']);
    expect(await tries('NO-SUCH-CODE')).toEqual([404, 'check-in_no-rule']);
    expect(await tries('SOON-26')).toEqual([422, 'check-in_too-early']);
    set(2 * DAY);
    expect(await tries('OPEN-DAY-26')).toEqual([410, 'check-in_too-late']);
    const kept = await db.sql(`select key from activity where program_id = $1 and kind = 'check-in'`, [shop.program]);
    expect(kept).toHaveLength(1);
    expect(await available()).toBe(20);
    await shop.isSound();
  });

  it('once a day where the rule says so, also when two phones send it at once', async () => {
    await Promise.all([tries('EACH-DAY'), tries('EACH-DAY'), tries('EACH-DAY')]);
    expect(await available()).toBe(1);
    set(DAY);
    await tries('EACH-DAY');
    expect(await available()).toBe(2);
    await shop.isSound();
  });
});

describe('D13: how it works', () => {
  it('tells what can be done and reached, in the shopper’s language', async () => {
    const { ok } = await worlds.storefront.program(by());
    const said = ok?.earning.map(({ sentence }) => sentence);
    expect(said).toEqual(
      expect.arrayContaining([
        '5 points for: Your own cup, at most once a day.',
        'Third order: 100 points and the badge “Regular”: place 3 orders.',
      ]),
    );
    expect(said?.join()).not.toContain('quiet');
  });
});

describe('C6: surveys and polls', () => {
  const answer = async (answers: Record<string, string[]>, survey = 'taste') => {
    const { ok, refused } = await worlds.storefront.answerSurvey(by(), survey, answers);
    return ok?.gives ?? [refused?.status, refused?.code];
  };
  const report = () => inWorld(db, shop, (tx) => surveyReport(tx, shop.program, 'taste'));

  it('are asked while they are open, answered and given for once, and counted by their options', async () => {
    const { ok } = await worlds.storefront.activities(by());
    expect(ok?.surveys).toMatchObject([
      { id: 'taste', answered: false, questions: [{ id: 'roast' }, { id: 'why', options: null }] },
    ]);
    expect(await answer({ roast: ['Light', 'Dark'], why: ['Mornings'] })).toEqual({ points: '30' });
    expect(await answer({ roast: ['Both'] })).toEqual([409, 'survey_limit']);
    expect((await worlds.storefront.activities(by())).ok?.surveys[0]?.answered).toBe(true);
    expect(await report()).toEqual({
      answered: 1,
      questions: {
        roast: [
          { answer: 'Dark', n: 1 },
          { answer: 'Light', n: 1 },
        ],
        why: [{ answer: 'Mornings', n: 1 }],
      },
    });
    expect(await available()).toBe(30);
    await shop.isSound();
  });

  it('answers that do not fit, another survey, one that is closed: told so, and nothing is kept', async () => {
    for (const bad of [{}, { roast: ['Green'] }, { roast: ['Light', 'Dark', 'Both'] }, { roast: ['Dark'], age: ['7'] }])
      expect(await answer(bad)).toEqual([422, 'survey_answers']);
    expect(await answer({ roast: ['Dark'] }, 'nothing')).toEqual([404, 'survey_no-rule']);
    set(10 * DAY);
    expect(await answer({ roast: ['Dark'] })).toEqual([410, 'survey_too-late']);
    expect((await worlds.storefront.activities(by())).ok?.surveys).toEqual([]);
    expect(await report()).toEqual({ answered: 0, questions: {} });
  });

  it('what was answered goes with the person; what it gave stays in the books', async () => {
    await answer({ roast: ['Dark'], why: ['I am Ana'] });
    await shop.says('customers/redact', {
      shop_domain: shop.store.key,
      customer: { id: 501, email: 'ana@example.test' },
      orders_to_redact: [],
    });
    await worlds.service.drain();
    expect(await db.sql('select 1 from survey_answer where program_id = $1', [shop.program])).toEqual([]);
    await shop.isSound();
  });
});

describe('C5: social actions', () => {
  it('a link that is on leads there and gives once; one that is off is not there', async () => {
    const { ok } = await worlds.storefront.activities(by());
    expect(ok?.links.map(({ id }) => id)).toEqual(['us']);
    expect((await worlds.storefront.follow(by(), 'us')).ok).toMatchObject({
      url: 'https://social.example/us',
      gives: { points: '3' },
    });
    set(DAY);
    expect((await worlds.storefront.follow(by(), 'us')).ok).toMatchObject({
      url: 'https://social.example/us',
      gives: {},
    });
    expect((await worlds.storefront.follow(by(), 'quiet')).refused).toMatchObject({ status: 404 });
    expect(await available()).toBe(3);
    await shop.isSound();
  });
});

describe('C11, C12, C13, C15: goals from orders and deeds to the ledger and the widget', () => {
  const progress = async () => {
    const { ok } = await worlds.storefront.member(by());
    return [Object.fromEntries((ok?.goals ?? []).map(({ id, have, times }) => [id, [have, times]])), ok?.badges];
  };

  it('the third order gives 100 and a badge, shown on the way; a cancellation takes both back, in words', async () => {
    const orders = [1, 2, 3].map((n) => anOrder({ id: anId(), customer: '501', cents: 1_000, at: NOON + n * HOUR }));
    set(4 * HOUR);
    for (const order of orders.slice(0, 2)) await shop.has(order);
    expect(await progress()).toEqual([{ third: ['2', 0], cups: ['0', 0], anniversary: ['0', 0] }, []]);
    await shop.has(orders[2]!);
    expect(await progress()).toMatchObject([
      { third: ['3', 1] },
      [{ goal: 'third', name: 'Regular', since: new Date(NOON + 3 * HOUR).toISOString() }],
    ]);
    expect(await available()).toBe(130);
    await shop.has({ ...orders[0]!, at: NOON + 4 * HOUR, cancelled: NOON + 4 * HOUR });
    expect(await available()).toBe(20);
    expect(await progress()).toMatchObject([{ third: ['2', 0] }, []]);
    const { ok } = await worlds.storefront.history(by());
    const sentences = ok?.lines.filter(({ cause }) => cause.kind === 'goal').map(({ sentence }) => sentence);
    expect(sentences).toEqual(['Goal no longer reached: Third order', 'Goal reached: Third order']);
    await shop.isSound();
  });

  it('an order that turns out never to have counted takes the decision of its goal with it', async () => {
    const orders = [1, 2, 3].map((n) => anOrder({ id: anId(), customer: '501', cents: 1_000, at: NOON + n * HOUR }));
    set(4 * HOUR);
    for (const order of orders) await shop.has(order);
    expect(
      await db.sql(`select 1 from decision where program_id = $1 and activity like 'goal:%'`, [shop.program]),
    ).toHaveLength(1);
    await shop.has({ ...orders[0]!, at: NOON + 4 * HOUR, cancelled: NOON + HOUR });
    expect(
      await db.sql(`select 1 from decision where program_id = $1 and activity like 'goal:%'`, [shop.program]),
    ).toEqual([]);
    expect(await available()).toBe(20);
    await shop.isSound();
  });

  it('a challenge of events is met by the second day', async () => {
    await told();
    set(DAY);
    await told();
    expect(await available()).toBe(60);
    await shop.isSound();
  });

  it('an anniversary comes by itself', async () => {
    set(365 * DAY - 13 * HOUR - 1);
    await shop.passes();
    expect(await available()).toBe(0);
    set(365 * DAY - 13 * HOUR);
    await shop.passes();
    expect(await available()).toBe(70);
    await shop.isSound();
  });
});

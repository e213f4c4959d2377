import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { adjustPoints } from '../../src/loyalty/adjust.js';
import { blockMember } from '../../src/loyalty/block-member.js';
import { listSendings } from '../../src/loyalty/list-sendings.js';
import { eraseMember } from '../../src/loyalty/redact.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import {
  aRefund,
  anOrder,
  DAY,
  HOUR,
  inWorld,
  lineId,
  NOON,
  type World,
  type Worlds,
  worldsOn,
} from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 91_000;
const anId = () => String(++next);
const set = (ms: number) => worlds.service.clock.set(NOON + ms);
const RULES = programRules.parse({
  ...PLAIN_RULES,
  joining: undefined,
  units: { points: { value: '1', expiry: { kind: 'days', days: 30 } } },
  sending: { min: 10, step: 5, limits: { day: 400 } },
});
const by = (customer: string) => ({ shop: shop.store.key, customer });
const PEOPLE = {
  ana: { email: 'ana@example.test', phone: null, name: 'Ana Kowalska' },
  ola: { email: 'Ola@example.test', phone: null, name: 'Ola Berg' },
};
const send = (customer: string, points: number, to: string, key = `key-of-${anId()}`) =>
  worlds.storefront.send(by(customer), { to, points: `${points}` }, key);
const binding = async (sent: ReturnType<typeof send>) => (await sent).refused?.details['binding'];
const give = (member: string, amount: number, at = worlds.service.clock.now()) =>
  inWorld(db, shop, (tx) =>
    adjustPoints(
      tx,
      { program: shop.program, member, id: anId(), unit: 'points', amount, reason: 'gift', by: 'test', at },
      at,
      worlds.service.loyalty.shards,
    ),
  );
const lots = (customer: string) =>
  db.sql<{ left: string; days: string }>(
    `select remaining as left, extract(day from ends_at - $2::timestamptz)::text as days from lot l
     join customer_link c on c.program_id = l.program_id and c.member_id = l.member_id
     where l.program_id = $1 and c.customer = $3 and remaining > 0 order by ends_at`,
    [shop.program, new Date(NOON), customer],
  );
const told = async (customer: string) =>
  (await worlds.storefront.history(by(customer))).ok?.lines.map(({ sentence, points }) => [sentence, points]);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

let ana: string;
let ola: string;
beforeEach(async () => {
  set(0);
  shop = await worlds.make(RULES);
  ana = await shop.joins('1', PEOPLE.ana);
  ola = await shop.joins('2', PEOPLE.ola);
});

describe('demand 7: members give points to each other', () => {
  it('what ends soonest goes first and keeps its day; both read from whom and to whom, by the first name', async () => {
    await give(ana, 50);
    set(5 * DAY);
    await give(ana, 100);
    const sent = await send('1', 80, ' OLA+phone@example.test ');
    expect(sent.ok).toMatchObject({ points: '80', sentence: '80 points given to Ola.' });
    expect(await lots('2')).toEqual([
      { left: '50', days: '30' },
      { left: '30', days: '35' },
    ]);
    expect(await shop.balance('1')).toMatchObject({ available: 70 });
    expect(await told('1')).toContainEqual(['Given to Ola', '-80']);
    expect(await told('2')).toEqual([['A gift from Ana', '80']]);
    const rows = await inWorld(db, shop, (tx) => listSendings(tx, shop.program, { after: null, limit: 5 }));
    expect(rows).toMatchObject([{ from: { id: ana }, to: { id: ola }, points: '80', unit: 'points' }]);
    await shop.passes(26 * DAY);
    expect(await shop.balance('2')).toMatchObject({ available: 30 });
    await shop.isSound();
  });

  it('what has ended or ripened since the last sweep: points that are over are not given away, those that are usable are', async () => {
    await give(ana, 50);
    set(20 * DAY);
    await give(ana, 100);
    set(31 * DAY);
    expect((await send('1', 80, PEOPLE.ola.email)).ok).toBeDefined();
    expect(await lots('2')).toEqual([{ left: '80', days: '50' }]);
    expect(await shop.balance('1')).toMatchObject({ available: 20 });
    expect(await shop.balance('2')).toMatchObject({ available: 80 });
    await shop.isSound();
    const waiting = await worlds.make(programRules.parse({ ...RULES, pendingDays: 2 }));
    await waiting.joins('1', PEOPLE.ana);
    await waiting.joins('2', PEOPLE.ola);
    const placed = NOON + 31 * DAY;
    await waiting.has(anOrder({ id: anId(), cents: 10_000, customer: '1', placed, at: placed }));
    set(34 * DAY);
    shop = waiting;
    expect((await send('1', 60, PEOPLE.ola.email)).ok).toBeDefined();
    expect(await shop.balance('2')).toMatchObject({ available: 60 });
    await shop.isSound();
  });

  it('once for one key, however often; another wish under it is refused', async () => {
    await give(ana, 100);
    const all = await Promise.all([1, 2, 3].map(() => send('1', 40, PEOPLE.ola.email, 'intention-1')));
    expect(new Set(all.map(({ ok }) => ok?.id)).size).toBe(1);
    expect(await shop.balance('2')).toMatchObject({ available: 40 });
    expect((await send('1', 45, PEOPLE.ola.email, 'intention-1')).refused?.code).toBe('idempotency_key_reused');
    await shop.isSound();
  });

  it('many at once, both ways: never more than there is, and nobody waits for ever', async () => {
    await give(ana, 100);
    await give(ola, 100);
    const wishes = Array.from({ length: 16 }, (_, i) =>
      i % 2 === 0 ? send('1', 60, PEOPLE.ola.email) : send('2', 60, PEOPLE.ana.email),
    );
    const answers = await Promise.all(wishes);
    for (const { ok, refused } of answers) if (!ok) expect(refused?.details['binding']).toMatch(/^(balance|day)$/);
    const [one, other] = [await shop.balance('1'), await shop.balance('2')];
    expect(one.available + other.available).toBe(200);
    await shop.isSound();
  });

  it('what stands in the way is named; an address says nothing but that nobody can be given anything under it', async () => {
    expect(await binding(send('1', 10, PEOPLE.ola.email))).toBe('balance');
    await give(ana, 1000);
    const [{ code } = { code: '' }] = await db.sql<{ code: string }>(
      'select referral_code as code from member where id = $1',
      [ola],
    );
    expect(await binding(send('1', 5, code))).toBe('min');
    expect(await binding(send('1', 12, code))).toBe('step');
    expect(await binding(send('1', 405, code))).toBe('day');
    expect(await binding(send('1', 10, PEOPLE.ana.email))).toBe('self');
    expect((await send('1', 300, code.toLowerCase())).ok).toBeDefined();
    expect((await worlds.storefront.sending(by('1'))).ok?.sending).toMatchObject({ min: '10', step: '5', upTo: '100' });
    expect(await binding(send('1', 105, code))).toBe('day');
    set(DAY);
    expect((await send('1', 100, code)).ok).toBeDefined();
    const nobody = await send('1', 10, 'nobody@example.test');
    await inWorld(db, shop, (tx) =>
      blockMember(tx, { program: shop.program, member: ola }, { blocked: true, reason: 'x', by: 'test' }, NOON),
    );
    expect(await send('1', 10, PEOPLE.ola.email)).toEqual(nobody);
    expect((await send('2', 10, PEOPLE.ana.email)).refused?.code).toBe('on_hold');
    for (let i = 0; i < 8; i++) expect(await binding(send('1', 10, `n${i}@example.test`))).toBe('receiver');
    expect(await binding(send('1', 10, PEOPLE.ola.email))).toBe('tries');
    await shop.isSound();
  });

  it('a gift stays given: a refund of what earned it is owed by the giver, and new points pay it', async () => {
    const order = { id: anId(), cents: 10_000, customer: '1' };
    await shop.has(anOrder(order));
    const { available } = await shop.balance('1');
    expect((await send('1', available, PEOPLE.ola.email)).ok).toBeDefined();
    set(HOUR);
    await shop.has(
      anOrder({
        ...order,
        at: NOON + HOUR,
        placed: NOON,
        refunds: [aRefund(anId(), NOON + HOUR, { line: lineId(order.id), net: 10_000 })],
      }),
    );
    expect(await shop.balance('1')).toMatchObject({ available: 0, debt: available });
    expect(await shop.balance('2')).toMatchObject({ available });
    expect(await binding(send('1', 10, PEOPLE.ola.email))).toBe('debt');
    await give(ana, available + 30);
    expect(await shop.balance('1')).toMatchObject({ available: 30, debt: 0 });
    await inWorld(db, shop, (tx) =>
      eraseMember(tx, { program: shop.program, member: ola }, 'test', worlds.service.loyalty, NOON + HOUR),
    );
    expect(await told('1')).toContainEqual(['Given to another member', `-${available}`]);
    await shop.isSound();
  });
});

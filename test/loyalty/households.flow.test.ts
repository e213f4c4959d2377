import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { changeHead, joinHousehold, leaveHousehold } from '../../src/loyalty/share-household.js';
import { householdOf } from '../../src/loyalty/households.js';
import { mergeMembers } from '../../src/loyalty/apply-customers.js';
import { eraseMember } from '../../src/loyalty/redact.js';
import { programRules } from '../../src/rules/program-rules.js';
import { command as explain } from '../../src/commands/explain.js';
import { testDatabase } from '../support/database.js';
import { ownerOf } from '../support/owner-client.js';
import { runCommand } from '../support/run-command.js';
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
let next = 95_000;
const anId = () => String(++next);
const set = (ms: number) => worlds.service.clock.set(NOON + ms);
const RULES = programRules.parse({ ...PLAIN_RULES, joining: undefined, household: { size: 3 } });
const now = () => worlds.service.clock.now();
const joins = (head: string, member: string) =>
  inWorld(db, shop, (tx) => joinHousehold(tx, { program: shop.program, head, member }, now(), worlds.service.loyalty));
const refusal = (joining: Promise<unknown>) =>
  joining.then(
    () => 'none',
    (error: unknown) => (error as { details?: { binding?: string } }).details?.binding ?? String(error),
  );
const leaves = (member: string) =>
  inWorld(db, shop, (tx) => leaveHousehold(tx, { program: shop.program, member }, now(), worlds.service.loyalty));
const buys = (customer: string, cents: number, placed: number, id = anId(), more: object = {}) =>
  shop.has(anOrder({ id, cents, customer, placed: NOON + placed, at: now(), ...more }));
const has = async (...customers: string[]) =>
  Promise.all(customers.map(async (one) => (await shop.balance(one)).available));

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

let ana: string;
let hans: string;
let ola: string;
beforeEach(async () => {
  set(0);
  shop = await worlds.make(RULES);
  ana = await shop.joins('1', { email: 'ana@example.test', phone: null, name: 'Ana Kowalska' });
  hans = await shop.joins('2', { email: 'hans@example.test', phone: null, name: 'Hans Berg' });
  ola = await shop.joins('3', { email: 'ola@example.test', phone: null, name: 'Ola Berg' });
});

describe('demand 7: a household with one head', () => {
  it('an order goes where its own moment says, however late, doubled or refunded; refunds take from where it went', async () => {
    const before = anId();
    await buys('2', 1000, 0, before);
    set(DAY);
    await joins(ana, hans);
    const within = anId();
    set(2 * DAY);
    await buys('2', 3000, 2 * DAY, within);
    await buys('2', 3000, 2 * DAY, within);
    expect(await has('1', '2')).toEqual([30, 10]);
    set(3 * DAY);
    expect(await leaves(hans)).toBe(true);
    set(4 * DAY);
    await buys('2', 500, 4 * DAY);
    // what happened before joining, in the household and after it, and is heard of only now
    await buys('2', 700, HOUR);
    await buys('2', 1100, 2 * DAY + HOUR);
    expect(await has('1', '2')).toEqual([41, 22]);
    const refunds = [aRefund(anId(), now(), { line: lineId(within), net: 2000 })];
    await buys('2', 3000, 2 * DAY, within, { refunds });
    expect(await has('1', '2')).toEqual([21, 22]);
    const [row] = await db.sql<{ household: string; member_id: string }>(
      "select explanation ->> 'household' as household, member_id from decision where program_id = $1 and activity like $2",
      [shop.program, `order:%/${within}`],
    );
    expect(row).toEqual({ household: ana, member_id: hans });
    await shop.isSound();
  });

  it('the head alone uses it; a refund may leave them a debt, and whoever earns in the household pays it', async () => {
    set(HOUR);
    await buys('2', 6000, 0);
    await joins(ana, hans);
    set(2 * HOUR);
    const id = anId();
    await buys('2', 12_000, 2 * HOUR, id);
    expect(await has('1', '2')).toEqual([120, 60]);
    expect((await shop.redeem('2', 'five', 5000)).ok).toBeDefined();
    expect((await shop.redeem('2', 'five', 5000)).refused?.code).toBe('not_redeemable');
    expect((await shop.redeem('1', 'five', 5000)).ok).toBeDefined();
    expect(await has('1', '2')).toEqual([70, 10]);
    set(3 * HOUR);
    await buys('2', 12_000, 2 * HOUR, id, { cancelled: now() });
    expect(await shop.balance('1')).toMatchObject({ available: 0, debt: 50 });
    await buys('2', 6000, 3 * HOUR);
    expect(await shop.balance('1')).toMatchObject({ available: 10, debt: 0 });
    expect(await has('2')).toEqual([10]);
    await shop.isSound();
  });

  it('the head invites, by address or code, answered alike whoever is found; the invited accepts, is seen, leaves', async () => {
    const by = (customer: string) => ({ shop: shop.store.key, customer });
    const [one, two] = [by('1'), by('2')];
    const { storefront } = worlds;
    const known = await storefront.inviteToHousehold(one, ' HANS@example.test ');
    expect(await storefront.inviteToHousehold(one, 'nobody@example.test')).toEqual(known);
    const [invitation] = (await storefront.household(two)).ok?.invitations ?? [];
    expect(invitation?.name).toBe('Ana');
    expect((await storefront.acceptHousehold(by('3'), invitation?.id ?? '')).refused?.details['binding']).toBe(
      'invitation',
    );
    const people = [
      { name: 'Ana', head: true, you: false },
      { name: 'Hans', head: false, you: true },
    ];
    const seen = { size: 3, household: { head: false, people }, invitations: [] };
    expect((await storefront.acceptHousehold(two, invitation?.id ?? '')).ok).toEqual(seen);
    expect((await storefront.inviteToHousehold(two, 'ola@example.test')).refused?.details['binding']).toBe(
      'head-elsewhere',
    );
    set(HOUR);
    await buys('2', 1000, HOUR);
    expect((await storefront.history(one)).ok?.lines[0]).toMatchObject({ points: '10' });
    expect((await storefront.leaveHousehold(two)).ok?.household).toBeNull();
    expect((await storefront.household(one)).ok?.household).toBeNull();
    for (let i = 2; i < 10; i++) await storefront.inviteToHousehold(one, `n${i}@example.test`);
    expect((await storefront.inviteToHousehold(one, 'ola@example.test')).refused?.details['binding']).toBe('tries');
    await shop.isSound();
  });

  it('over HTTP: invited, an order is explained to both, the head alone uses it, leaves; the owner brings in and takes out', async () => {
    const by = (customer: string, lang = 'en') => ({ shop: shop.store.key, customer, lang });
    const { storefront } = worlds;
    await storefront.inviteToHousehold(by('1'), 'hans@example.test');
    const [invitation] = (await storefront.household(by('2'))).ok?.invitations ?? [];
    await storefront.acceptHousehold(by('2'), invitation?.id ?? '');
    const id = anId();
    await buys('2', 6000, 0, id);
    const newest = async (customer: string, lang?: string) =>
      (await storefront.history(by(customer, lang))).ok?.lines[0];
    const counted = [{ sentence: '€60.00 at 1 point per €1.00: 60', points: '60', line: null }];
    const atHead = { kind: 'earn', points: '60', sentence: `Hans, for the household: Order #${id}`, items: [] };
    expect(await newest('1')).toMatchObject({ ...atHead, parts: counted, balanceAfter: '60' });
    const mine = `Earned for the household of Ana: 60 points. Order #${id}`;
    const atEarner = { kind: 'household', points: '0', sentence: mine, balanceAfter: null };
    const items = [{ name: '9001', quantity: 1, points: '60' }];
    expect(await newest('2')).toMatchObject({ ...atEarner, parts: counted, items });
    const said = ['nl', 'nb', 'pl'].map(async (lang) => (await newest('2', lang))?.sentence);
    expect(await Promise.all(said)).toEqual([
      expect.stringMatching(/^Gespaard voor het huishouden van Ana: 60 .*Bestelling #/),
      expect.stringMatching(/^Opptjent for husstanden til Ana: 60 .*Bestilling #/),
      expect.stringMatching(/^Zebrane dla gospodarstwa domowego \(główny uczestnik: Ana\): 60 .*Zamówienie #/),
    ]);
    const refused = (await shop.redeem('2', 'five', 5000)).refused;
    expect(refused).toMatchObject({ code: 'not_redeemable', details: { binding: 'balance' } });
    expect((await shop.redeem('1', 'five', 5000)).ok).toMatchObject({ points: '50', state: 'held' });
    set(HOUR);
    expect((await storefront.leaveHousehold(by('2'))).ok?.household).toBeNull();
    await buys('2', 700, HOUR);
    expect(await has('1', '2')).toEqual([10, 7]);

    const publicIds = await db.sql<{ id: string }>(
      'select public_id as id from member where program_id = $1 order by id',
      [shop.program],
    );
    const [head = '', hers = ''] = publicIds.map((one) => one.id);
    set(2 * HOUR);
    const api = await ownerOf(db, worlds.service);
    try {
      const people = `/members/${head}/household`;
      const brought = await api.ask<{ household: unknown }>(shop.program, 'POST', people, { member: hers });
      expect(brought).toMatchObject({
        status: 200,
        body: { household: { head: { member: head }, others: [{ member: hers }] } },
      });
      expect((await api.ask(shop.program, 'POST', people, { member: head })).status).toBe(409);
      set(3 * HOUR);
      await buys('2', 900, 3 * HOUR);
      set(4 * HOUR);
      const told = await api.ask<{ lines: { sentence: string }[] }>(
        shop.program,
        'GET',
        `/members/${hers}/history?locale=en`,
      );
      expect(told.body.lines[0]?.sentence).toMatch(/^Earned for the household.*: 9 points\. Order #/);
      expect((await api.ask(shop.program, 'DELETE', `/members/${hers}/household`)).status).toBe(204);
      expect((await api.ask(shop.program, 'GET', people)).body).toEqual({ household: null });
    } finally {
      await api.close();
    }
    set(5 * HOUR);
    await buys('2', 300, 5 * HOUR);
    expect(await has('1', '2')).toEqual([19, 10]);
    await buys('2', 6000, 0, id, { cancelled: now() });
    expect((await newest('1'))?.sentence).toMatch(
      `Hans, for the household: Order #${id}: its points were used already`,
    );
    const { said: explained } = await runCommand(explain, ['member', hers], db.url);
    expect(explained.join('\n')).toContain(`for the household of member ${head}: order:`);
    await shop.isSound();
  });

  it('two who come at once at the limit: one of them; who is elsewhere, or a head, cannot come', async () => {
    await joins(ana, hans);
    const liv = await shop.joins('4', { email: 'liv@example.test', phone: null, name: 'Liv Moe' });
    const answers = await Promise.all([refusal(joins(ana, ola)), refusal(joins(ana, liv))]);
    expect(answers.sort()).toEqual(['full', 'none']);
    const [free = ''] = (await inWorld(db, shop, (tx) => householdOf(tx, shop.program, ola))) ? [liv] : [ola];
    expect(await refusal(joins(ana, ana))).toBe('self');
    expect(await refusal(joins(free, hans))).toBe('member-elsewhere');
    expect(await refusal(joins(free, ana))).toBe('is-head');
    expect(await refusal(joins(hans, free))).toBe('head-elsewhere');
    await leaves(hans);
    const passed = `insert into member (program_id, referral_code, joined_at, kin)
      select $1, 'PASSED' || n, now(), kin from member, generate_series(1, 97) n where program_id = $1 and id = $2`;
    await db.sql(passed, [shop.program, ana]);
    expect(await refusal(joins(free, hans))).toBe('tied');
    await db.sql("update member set kin = null where program_id = $1 and referral_code like 'PASSED%'", [shop.program]);
    await joins(ana, hans);
    await Promise.all([joins(ana, hans), leaves(hans).then(() => leaves(hans)), buys('2', 500, 0), buys('1', 500, 0)]);
    await shop.isSound();
  });

  it('the head changes, is merged, is erased: what was earned stays, what comes then goes where it was said', async () => {
    await joins(ana, hans);
    await joins(ana, ola);
    set(DAY);
    await buys('2', 1000, DAY);
    set(2 * DAY);
    await inWorld(db, shop, (tx) =>
      changeHead(tx, { program: shop.program, member: ola }, now(), worlds.service.loyalty),
    );
    set(3 * DAY);
    await buys('2', 2000, 3 * DAY);
    await buys('1', 300, 3 * DAY);
    await buys('2', 400, DAY);
    expect(await has('1', '2', '3')).toEqual([14, 0, 23]);
    set(4 * DAY);
    const liv = await shop.joins('4', { email: 'liv@example.test', phone: null, name: 'Liv Moe' });
    await inWorld(db, shop, (tx) =>
      mergeMembers(tx, shop.program, { from: ola, into: liv }, now(), now(), worlds.service.loyalty),
    );
    set(5 * DAY);
    await buys('2', 500, 5 * DAY);
    await buys('2', 600, 3 * DAY + HOUR);
    expect(await has('1', '2', '4')).toEqual([14, 0, 34]);
    await shop.isSound();
    set(6 * DAY);
    await inWorld(db, shop, (tx) =>
      eraseMember(tx, { program: shop.program, member: liv }, 'test', worlds.service.loyalty, now()),
    );
    set(7 * DAY);
    await buys('2', 700, 7 * DAY);
    await buys('2', 800, 5 * DAY + HOUR);
    expect(await has('1', '2')).toEqual([14, 7]);
    await shop.isSound();
  });
});

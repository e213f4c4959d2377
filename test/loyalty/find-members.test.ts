import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { findCustomer } from '../../src/loyalty/find-customer.js';
import { ALL, BY_WORDS, EXACT, findMembers, indexMembers, RARITY } from '../../src/loyalty/find-members.js';
import { memberOfRotatingCode } from '../../src/loyalty/member-code.js';
import { showMemberCode } from '../../src/loyalty/show-member-code.js';
import { join } from '../../src/loyalty/join.js';
import { applyCustomer } from '../../src/loyalty/apply-customers.js';
import { redactCustomer } from '../../src/loyalty/redact.js';
import { testDatabase } from '../support/database.js';
import { flat, planOf, readWhole } from '../support/plan-of.js';
import { PLAIN_RULES, startService, type TestService } from '../support/service.js';

/** G: members are found by what one types at a counter, although their names lie sealed. */
const db = testDatabase();
let service: TestService;
let program: string;
let store: string;
const members = new Map<string, string>();

const PEOPLE = [
  ['1', 'Anna Kowalska', 'anna.kowalska@example.test', '+31 6 1234 5678'],
  ['2', 'Łukasz Øvergård', 'lucky@example.test', null],
  ['3', 'Anneke de Vries', 'vries+shop@example.test', '0031612340000'],
  ['4', 'José Ibáñez', 'jose@example.test', null],
] as const;

const within = <T>(fn: Parameters<typeof inTransaction<T>>[2]) => inTransaction(db.app, { programs: [program] }, fn);
const find = async (text: string | null, more: { byName?: boolean; before?: string | null; limit?: number } = {}) => {
  const wish = { text, before: null, byName: true, limit: 50, now: service.clock.now(), ...more };
  const { ids, next } = await within((tx) => findMembers(tx, program, wish, service.loyalty));
  const customers = ids.map((id) => [...members].find(([, member]) => member === id)?.[0] ?? id);
  return { customers, next };
};
const found = async (text: string, byName = true) => (await find(text, { byName })).customers;

beforeAll(async () => {
  service = await startService(db);
  program = await service.program();
  ({ id: store } = await service.store(program, 'woocommerce'));
  for (const [customer, name, email, phone] of PEOPLE) {
    const person = { email, phone, name, emailVerified: true };
    const joining = { program, store, customer, person, referral: null, consentText: null, at: service.clock.now() };
    const { member } = await within((tx) => join(tx, joining, service.loyalty));
    members.set(customer, member);
  }
  await db.sql(
    `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
     values ($1, $2, '8400', now(), '{"name": "#1042", "refunds": []}', '2', $3, now())`,
    [program, store, members.get('2')],
  );
  await db.sql(
    "insert into member (program_id, joined_at, status, referral_code) values ($1, now(), 'bearer', 'BEARER00')",
    [program],
  );
});
afterAll(() => service.stop());

describe('G: finding members', () => {
  test.each([
    ['a beginning of a name', 'ann', ['3', '1']],
    ['of both names, in any order', 'kow an', ['1']],
    ['without its accents', 'jose iban', ['4']],
    ['letters that have no accent to lose', 'lukasz overg', ['2']],
    ['a mailbox, whatever its case', 'Anna.Kowalska@example.test', ['1']],
    ['a mailbox with another tag', 'vries+other@example.test', ['3']],
    ['what stands before the @', 'lucky', ['2']],
    ['a phone number as it was never written', '00 31 612 345 678', ['1']],
    ['its last four digits', '0000', ['3']],
    ['an order as the shop calls it', '#1042', ['2']],
    ['its bare number', '1042', ['2']],
    ['the platform’s own number of it', '8400', ['2']],
    ['nobody’s name', 'annx', []],
    ['the code of whoever bears stickers', 'BEARER00', []],
  ])('%s: %s', async (_, text, expected) => expect(await found(text)).toEqual(expected));

  test('B8: a code that is another each minute finds its member at the desk and at the till, for two minutes, and no other code does', async () => {
    const own = await service.program({ ...PLAIN_RULES, memberCode: 'rotating' });
    const shop = await service.store(own, 'woocommerce');
    const at = service.clock.now();
    const to = <T>(fn: Parameters<typeof inTransaction<T>>[2]) => inTransaction(db.app, { programs: [own] }, fn);
    const joining = {
      program: own,
      store: shop.id,
      customer: '7',
      person: null,
      referral: null,
      consentText: null,
      at,
    };
    const { member } = await to((tx) => join(tx, joining, service.loyalty));
    const ref = { program: own, member };
    const till = (text: string, now: number) =>
      to((tx) => findCustomer(tx, { program: own, store: shop.id }, text, now, service.loyalty));
    const desk = async (text: string, now: number) => {
      const wish = { text, before: null, byName: false, limit: 5, now };
      return (await to((tx) => findMembers(tx, own, wish, service.loyalty))).ids;
    };
    const { code, until } = await to((tx) => showMemberCode(tx, ref, at, service.loyalty));
    const spaced = code.replace(/(\d{4})/g, '$1 ');
    if (until === null) throw new Error('it never changes');
    expect([code, await till(spaced, at), await desk(code, until)]).toEqual([
      expect.stringMatching(/^\d{16}$/),
      '7',
      [member],
    ]);
    expect([await till(code, until + 60_000), await desk(code, until + 60_000)]).toEqual([null, []]);
    const later = await to((tx) => showMemberCode(tx, ref, until, service.loyalty));
    expect([later.code === code, later.code.slice(0, 10) === code.slice(0, 10), later.until]).toEqual([
      false,
      false,
      until + 60_000,
    ]);
    const [row] = await db.sql<{ code: string }>('select referral_code as code from member where id = $1', [member]);
    const forged = code.slice(0, 15) + String((Number(code.at(-1)) + 1) % 10);
    for (const other of [row?.code ?? '', forged, code.slice(1)]) expect(await till(other, at)).toBeNull();
    expect(memberOfRotatingCode(service.loyalty.memberCodeKey(program), code, at)).toBeNull();
  });

  test('a code, in small letters too, and the id that the outside knows', async () => {
    const [row] = await db.sql<{ referral_code: string; public_id: string }>(
      'select referral_code, public_id from member where id = $1',
      [members.get('4')],
    );
    expect(await found(row?.referral_code.toLowerCase() ?? '')).toEqual(['4']);
    expect(await found(row?.public_id ?? '')).toEqual(['4']);
  });

  test('whoever may not see names learns none by searching: codes and orders alone are looked for', async () => {
    expect([await found('anna', false), await found('lucky@example.test', false), await found('0000', false)]).toEqual([
      [],
      [],
      [],
    ]);
    expect(await found('#1042', false)).toEqual(['2']);
  });

  test('all of them, who came last first, page by page, each once', async () => {
    const seen: string[] = [];
    for (let before: string | null = null; ;) {
      const { customers, next } = await find(null, { before, limit: 1 });
      seen.push(...customers);
      if (next === null) break;
      before = next;
    }
    expect(seen).toEqual(['4', '3', '2', '1']);
    expect((await find('an', { limit: 1 })).next).toBe(members.get('3'));
  });

  test('who changes their name is found by the new one alone; who is erased by none', async () => {
    const change = {
      ...{ id: '4', at: service.clock.now() + 1, email: 'pepe@example.test', phone: null, name: 'Pepe Ibáñez' },
      ...{ emailVerified: true, roles: null, tags: null },
    };
    await within((tx) => applyCustomer(tx, { program, store }, change, service.clock.now(), service.loyalty));
    expect([await found('jose'), await found('pepe')]).toEqual([[], ['4']]);
    await within((tx) => redactCustomer(tx, { program, store }, '4', [], service.loyalty, service.clock.now()));
    expect([await found('pepe'), await found('ibanez')]).toEqual([[], []]);
    expect(await db.sql('select from member_word where member_id = $1', [members.get('4')])).toEqual([]);
  });

  test('who was there before is found after the index was made; making it again changes nothing', async () => {
    const rows = () =>
      db.sql('select member_id, token from member_word where program_id = $1 order by 1, 2', [program]);
    const before = await rows();
    await db.sql('delete from member_word where program_id = $1', [program]);
    expect(await found('anneke')).toEqual([]);
    for (let n = 0; n < 2; n++) {
      const last = await within((tx) => indexMembers(tx, program, null, service.loyalty));
      expect(await within((tx) => indexMembers(tx, program, last, service.loyalty))).toBeNull();
      expect(await rows()).toEqual(before);
    }
  });
});

describe('with very many members', () => {
  beforeAll(async () => {
    await db.sql(
      "insert into member (program_id, joined_at, referral_code, mailbox, phone) select $1, now(), 'r' || g, 'm' || g, 'p' || g from generate_series(1, 30000) g",
      [program],
    );
    await db.sql(
      "insert into member_pii select program_id, id, 'x' from member where program_id = $1 and referral_code like 'r%'",
      [program],
    );
    await db.sql(
      "insert into member_word select program_id, id, t from member, lateral (values (7), (id % 1000 + 10), (id + 5000)) v(t) where program_id = $1 and referral_code like 'r%'",
      [program],
    );
    await db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
       select program_id, $2, 'o' || id, now(), jsonb_build_object('name', '#N' || id, 'refunds', '[]'::jsonb), id::text, id, now()
       from member where program_id = $1 and referral_code like 'r%'`,
      [program, store],
    );
    await db.sql('analyze');
  });

  test.each([
    ['all of them', ALL],
    ['by code, number, mailbox, phone', EXACT],
    ['which word is rare', RARITY],
    ['by words', BY_WORDS],
  ])('%s: no big table from end to end, nothing sorted but a page', async (name, sql) => {
    const nodes = flat(await planOf(db, name, sql, 'tallymark_app'));
    expect(readWhole(nodes, ['member', 'member_word', 'member_pii', 'order_state'])).toEqual([]);
  });
});

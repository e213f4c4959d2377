import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { peopleVerbs } from '../../../src/http/owner/people-verbs.js';
import { personVerbs } from '../../../src/http/owner/person-verbs.js';
import { settingsVerbs } from '../../../src/http/owner/settings-verbs.js';
import type { OwnerParts } from '../../../src/http/owner/within.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { addStaff } from '../../../src/staff/people.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G, T6: enrolled at the counter, everything held handed over, and forgotten. */
const stage = ledgerStage();
let program: string;
let store: { id: string; key: string };
let staff: string;
let parts: OwnerParts;
const asking = () => ({
  owner: { program, id: staff, name: 'Tom', role: 'owner' as const, by: 'staff' as const },
  now: stage.service.clock.now(),
});
const enrol = (who: { name?: string; email?: string; phone?: string; another?: boolean }) =>
  peopleVerbs(parts).enrol(asking(), { name: '', email: '', phone: '', another: false, ...who, asked: true });

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set('2026-03-04T12:00:00.500Z');
  program = await service.program(programRules.parse({ ...LEDGER_RULES, joining: { gives: 50 } }), 'Bean Club');
  store = await service.store(program, 'woocommerce');
  staff = await inTransaction(db.app, { programs: [program] }, async (tx) => {
    const person = { email: 'tom@shop.test', name: 'Tom', role: 'owner', locale: 'en' } as const;
    return (await addStaff(tx, program, person, 'test')).id;
  });
  parts = {
    ...{ db: db.app, loyalty: service.loyalty },
    ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
  };
});

describe('G: enrolled by hand', () => {
  let ana: string;

  test('a member with what joining gives, and who enrolled them; asked for twice at once they are one', async () => {
    const who = { name: 'Ana Kowalska', email: 'Ana@Example.test', phone: '+47 912 34 567' };
    const made = await Promise.all([enrol(who), enrol(who), enrol({ email: 'ana@example.test' })]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    ana = made[0]?.id ?? '';
    const { balances, name } = await personVerbs(parts).person(asking(), ana, { locale: 'en' });
    expect([name, balances['points']?.available]).toEqual(['Ana Kowalska', '50']);
    expect((await settingsVerbs(parts).staff(asking())).staff.map((one) => [one.name, one.enrolled])).toEqual([
      ['Tom', 1],
    ]);
    const { lines } = await settingsVerbs(parts).audit(asking(), { about: 'member.enrolled' });
    expect(lines.map(({ who: by, facts }) => [by, facts['after']])).toEqual([['Tom', 'member']]);
  });

  test('a phone number that is somebody’s already: found by it alone; with another address it is asked who it is', async () => {
    expect(await enrol({ phone: '0047 91234567' })).toEqual({ id: ana, isNew: false });
    await expect(enrol({ email: 'bo@example.test', phone: '+4791234567' })).rejects.toMatchObject({
      ...{ status: 409, code: 'maybe_known' },
      details: { members: [ana] },
    });
    const bo = await enrol({ email: 'bo@example.test', phone: '+4791234567', another: true });
    expect(bo.isNew).toBe(true);
    await expect(enrol({ name: 'Nobody' })).rejects.toMatchObject({ status: 422, code: 'no_address' });
  });

  test('who then joins in the shop under that mailbox is that member: their orders count there', async () => {
    stage.service.clock.advance(60_000);
    await stage.service.member(
      program,
      store.id,
      '7',
      { email: 'ana@example.test', emailVerified: true },
      stage.service.clock.now(),
    );
    stage.service.clock.advance(60_000);
    const at = new Date(stage.service.clock.now()).toISOString().slice(0, 19);
    const placed = { customer_id: 7, date_created_gmt: at, date_paid_gmt: at, date_modified_gmt: at };
    await stage.service.woo(store, 'order.created', wooOrder([wooLine(1, '60.00')], placed));
    await stage.service.drain();
    const { balances } = await personVerbs(parts).person(asking(), ana, { locale: 'en' });
    expect(balances['points']?.available).toBe('110');
    await stage.expectSound(program);
  });

  test('T6: all that is held of them is handed over, and of nobody else; then said what goes, and gone', async () => {
    const held = (await personVerbs(parts).exportPerson(asking(), ana)) as Record<string, object[]>;
    expect(held['persons']).toEqual([{ name: 'Ana Kowalska', email: 'Ana@Example.test', phone: '+47 912 34 567' }]);
    const counts = Object.fromEntries(Object.entries(held).map(([name, rows]) => [name, rows.length]));
    expect(counts).toMatchObject({ accounts: 1, customers: 1, consents: 1, orders: 1, lots: 2, lines: 2 });
    expect(JSON.stringify(held)).not.toContain('bo@example.test');
    expect(await personVerbs(parts).heldOfPerson(asking(), ana)).toEqual({
      ...{ person: true, customers: 1, orders: 1, answers: 0, redemptions: 0, lines: 2 },
    });
    const { code } = await personVerbs(parts).person(asking(), ana, { locale: 'en' });
    await personVerbs(parts).erasePerson(asking(), ana, code);
    await expect(personVerbs(parts).exportPerson(asking(), ana)).rejects.toMatchObject({ status: 404 });
    expect((await enrol({ email: 'ana@example.test' })).isNew).toBe(true);
    await stage.expectSound(program);
  });
});

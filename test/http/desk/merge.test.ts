import { beforeAll, describe, expect, test } from '@jest/globals';
import { blockMember } from '../../../src/loyalty/block-member.js';
import { inTransaction } from '../../../src/db/database.js';
import { adjustmentVerbs } from '../../../src/http/owner/adjustment-verbs.js';
import { mergeVerbs } from '../../../src/http/owner/merge-verbs.js';
import { peopleVerbs } from '../../../src/http/owner/people-verbs.js';
import { personVerbs } from '../../../src/http/owner/person-verbs.js';
import { settingsVerbs } from '../../../src/http/owner/settings-verbs.js';
import type { OwnerParts } from '../../../src/http/owner/within.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G: two members who are one person; 50 points for joining, which one person has once. */
const stage = ledgerStage();
const RULES = programRules.parse({
  ...LEDGER_RULES,
  joining: { gives: 50 },
  tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'base' }, { id: 'gold', enter: 10_000 }] },
});
let program: string;
let parts: OwnerParts;
let verbs: ReturnType<typeof mergeVerbs>;
let anna: string;
let again: string;
const asking = () => ({
  owner: { program, id: '1', name: 'Sam', role: 'support' as const, by: 'staff' as const },
  now: stage.service.clock.now(),
});
const publicId = async (member: string) =>
  (await stage.db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]))[0]?.public_id ??
  '';

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set('2026-03-01T12:00:00Z');
  program = await service.program(RULES, 'Bean Club');
  const store = await service.store(program, 'woocommerce');
  const people = [
    ['7', { email: 'anna@example.test', name: 'Anna K.' }],
    ['8', { email: 'anna.k@work.test', phone: '+4791234567', name: 'A. Kowalska' }],
  ] as const;
  const members = [];
  for (const [customer, person] of people) {
    members.push(await publicId(await service.member(program, store.id, customer, person, service.clock.now())));
    service.clock.advance(86_400_000);
    const at = new Date(service.clock.now()).toISOString().slice(0, 19);
    const placed = {
      ...{ id: Number(customer), number: customer, customer_id: Number(customer) },
      ...{ date_created_gmt: at, date_paid_gmt: at, date_modified_gmt: at },
    };
    await service.woo(store, 'order.created', wooOrder([wooLine(1, '60.00')], placed));
    await service.drain();
  }
  [anna = '', again = ''] = members;
  parts = {
    ...{ db: db.app, loyalty: service.loyalty },
    ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
  };
  verbs = mergeVerbs(parts);
});

describe('G: merging two members', () => {
  test('what both have and what the one will have, before anything is done', async () => {
    const { kept, gone, merged } = await verbs.previewMerge(asking(), anna, { other: again, locale: 'en' });
    expect(
      [kept, gone, merged].map(({ balances, tier, orders }) => [balances['points']?.available, tier, orders]),
    ).toEqual([
      ['110', 'base', 1],
      ['110', 'base', 1],
      ['170', 'gold', 2],
    ]);
    expect([merged.email, merged.phone, merged.name]).toEqual(['anna@example.test', '+4791234567', 'Anna K.']);
    const { balances } = await personVerbs(parts).person(asking(), anna, { locale: 'en' });
    expect(balances['points']?.available).toBe('110');
    await expect(verbs.previewMerge(asking(), anna, { other: anna, locale: 'en' })).rejects.toMatchObject({
      status: 422,
    });
  });

  test('it is done as it was seen: not when something changed meanwhile; then both are one, found by either name', async () => {
    const { hash } = await verbs.previewMerge(asking(), anna, { other: again, locale: 'en' });
    const gift = { id: 'gift', unit: 'points', points: '10', reason: 'late parcel' };
    await adjustmentVerbs(parts).adjust(asking(), again, gift);
    await expect(verbs.mergeMembers(asking(), anna, { other: again, hash })).rejects.toMatchObject({ status: 409 });
    await inTransaction(stage.db.app, { programs: [program] }, async (tx) => {
      const [row] = await tx.prepared<{ id: string }>('m', 'select id from member where public_id = $1', [again]);
      const hold = { blocked: true, reason: 'two accounts', by: 'staff:1' };
      await blockMember(tx, { program, member: row?.id ?? '' }, hold, stage.service.clock.now());
    });
    const seen = await verbs.previewMerge(asking(), anna, { other: again, locale: 'en' });
    expect([seen.merged.balances['points']?.available, seen.merged.status]).toEqual(['180', 'blocked']);
    await verbs.mergeMembers(asking(), anna, { other: again, hash: seen.hash });
    const one = await personVerbs(parts).person(asking(), again, { locale: 'en' });
    expect(one).toMatchObject({
      id: anna,
      email: 'anna@example.test',
      phone: '+4791234567',
      tier: 'gold',
      status: 'blocked',
    });
    expect(one.balances['points']?.available).toBe('180');
    const found = async (find: string) =>
      (await peopleVerbs(parts).members(asking(), { find, limit: 50 })).members.map(({ id }) => id);
    expect([await found('kowalska'), await found('anna.k@work.test'), await found('anna')]).toEqual([
      [anna],
      [anna],
      [anna],
    ]);
    const { lines } = await settingsVerbs(parts).audit(asking(), { about: 'member.merged' });
    expect(lines.map(({ actor, facts }) => [actor, facts['before'], facts['after']])).toEqual([
      [
        'staff:1',
        [
          { points: '110', tier: 'base' },
          { points: '120', tier: 'base' },
        ],
        { points: '180', tier: 'gold' },
      ],
    ]);
    await stage.expectSound(program);
  });
});

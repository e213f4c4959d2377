import { expect } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { createApiKey } from '../../src/loyalty/api-keys.js';
import { saveDraft } from '../../src/loyalty/drafts.js';
import { publishedVersion } from '../../src/loyalty/program-versions.js';
import { addStaff } from '../../src/staff/people.js';
import { wooLine, wooOrder } from '../webhooks/bodies.js';
import { LEDGER_RULES, type LedgerStage } from '../webhooks/ledger-stage.js';

export const NOBODYS = '0199b0d6-9999-7000-8000-000000000009';

/** A program with one member, a guest's order, a draft, an owner and a key. */
export interface Tenant {
  program: string;
  store: string;
  /** The member's public id. */
  member: string;
  key: string;
  draft: string;
  name: string;
  /** Of somebody of the staff, and of the key. */
  staff: string;
  keyId: string;
}
export async function aTenant(stage: LedgerStage, name: string, rules = LEDGER_RULES): Promise<Tenant> {
  const { service, db } = stage;
  const program = await service.program(rules, name);
  const { id: store, key: storeKey } = await service.store(program, 'woocommerce');
  const member = await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
  const guest = wooOrder([wooLine(1, '60.00')], { customer_id: 0 });
  expect((await service.woo({ key: storeKey }, 'order.created', guest)).status).toBe(200);
  await service.drain();
  const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
  return inTransaction(db.app, { programs: [program] }, async (tx) => {
    const { file } = await publishedVersion(tx, program, 1);
    const draft = await saveDraft(
      tx,
      program,
      { file: { ...file, name: `${name}, new` }, replaces: null, by: 'test' },
      0,
    );
    const { text: key, id: keyId } = await createApiKey(tx, program, 'till', 'test');
    const person = { email: `${name.length}@shop.test`, name, role: 'owner', locale: 'en' } as const;
    const { id: staff } = await addStaff(tx, program, person, 'test');
    return { program, store, member: row?.public_id ?? '', key, draft: draft.hash, name, staff, keyId };
  });
}

/** Bodies and queries that would do something, were they let in; `of` = whose things they name. */
export const BODIES: Record<string, (of: Tenant) => unknown> = {
  saveDraft: (of) => ({ file: {}, replaces: of.draft }),
  publishDraft: (of) => ({ hash: of.draft }),
  previewProgram: () => ({ of: { kind: 'draft' } }),
  readProgramText: () => ({ text: 'tallymark: 1' }),
  solveRedemption: () => ({ how: 'release' }),
  keepStock: () => ({ how: 'arrived', pieces: 20, seen: 0 }),
  rollBack: () => ({ version: 1 }),
  startSimulation: () => ({ days: 30 }),
  blockMember: () => ({ blocked: true, reason: 'two accounts' }),
  adjustMember: () => ({ id: 'x', points: '100', reason: 'a gift' }),
  enrolMember: () => ({ name: 'New', email: 'new@example.test', asked: true }),
  addToHousehold: (of) => ({ member: of.member }),
  mergeMembers: (of) => ({ other: of.member, hash: 'seen' }),
  undoAdjustment: () => ({ reason: 'a mistake' }),
  lookAtBulk: (of) => ({ id: NOBODYS, points: '5', reason: 'a gift', members: [of.member] }),
  lookAtBulkHold: (of) => ({ id: NOBODYS, hold: true, reason: 'a pattern', members: [of.member] }),
  undoBulk: () => ({ reason: 'a mistake' }),
  decideBulk: () => ({ approve: true }),
  decideAdjustment: () => ({ approve: true }),
  limitAdjustments: () => ({ role: 'support', alone: '1', atOnce: '2', aDay: '3' }),
  schedulePromotion: () => ({ from: '2027-01-01T00:00', to: '2027-02-01T00:00' }),
  copyPromotion: () => ({ as: 'copy' }),
  askExport: () => ({ people: true }),
  checkImport: () => ({ columns: { email: 0, points: 1 }, origin: 'Old club', reason: 'moved here' }),
  tellEvent: (of) => ({ id: 'x', event: 'own-cup', who: { member: of.member } }),
  printStickers: () => ({ id: 'x', stickers: 3 }),
  inviteStaff: () => ({ email: 'new@shop.test', name: 'New', role: 'till', language: 'en' }),
  changeStaff: () => ({ role: 'till' }),
  createApiKey: () => ({ name: 'another' }),
  beginTrial: () => ({ name: 'Cheaper', one: 'five', other: 'ten', measure: 'bought', days: 30 }),
  payCause: () => ({ cause: 'wood', month: '2026-01', owed: '1', on: '2026-02-01', reference: 'r' }),
  setTarget: () => ({ what: 'came-back', aim: 0.3 }),
  changeMe: () => ({ language: 'pl' }),
  addPasskey: () => ({ name: 'phone', credential: 'AA', clientData: 'AA', deviceData: 'AA', publicKey: 'AA' }),
  solveStoreTrouble: () => ({ how: 'retry' }),
  changeShowing: () => ({ accent: '#ff0000', corner: 'end', share: 10 }),
  claimOrder: (of) => ({ store: of.store, member: of.member }),
  giveOrder: (of) => ({ store: of.store, member: of.member }),
};
export const QUERIES: Record<string, (of: Tenant) => string> = {
  journal: () => '?from=2026-01-01&to=2026-02-01',
  discardDraft: (of) => `?hash=${of.draft}`,
  whyOrder: () => '?order=1',
  previewMerge: (of) => `?other=${of.member}`,
  eraseMember: () => '?code=ABCDEFGH',
  programDiff: () => '?from=1&to=draft',
  planChange: () => '?to=draft&all=true',
};
export const PATHS: Record<string, (of: Tenant | null) => string> = {
  version: () => '9',
  store: (of) => of?.store ?? '999999999',
  order: () => '1',
  trial: () => NOBODYS,
  reward: () => NOBODYS,
  id: (of) => of?.member ?? NOBODYS,
};

/** Where `:id` is the number of something else than a member. */
export const NUMBERS: Record<string, (of: Tenant) => string> = {
  changeStaff: ({ staff }) => staff,
  removeStaff: ({ staff }) => staff,
  revokeApiKey: ({ keyId }) => keyId,
};

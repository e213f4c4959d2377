import { describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { makeOwnerVerbs } from '../../src/http/owner/make-verbs.js';
import { readDraft, saveDraft } from '../../src/loyalty/drafts.js';
import type { ProgramFile } from '../../src/programs/program-file.js';
import { readProgramValue } from '../../src/programs/read-program.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

/** T11: whoever publishes is told beforehand what members have and could no longer use. */
const stage = ledgerStage();

describe('T11: a unit that goes while members have some of it', () => {
  test('how many have how much, and its worth; nothing where it stays or nobody has any', async () => {
    const { db, service } = stage;
    const verbs = makeOwnerVerbs({
      ...{ db: db.app, loyalty: service.loyalty },
      ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
    });
    const program = await service.program(LEDGER_RULES, 'Bean card');
    const { id: store } = await service.store(program, 'woocommerce');
    const now = service.clock.now();
    const asking = { owner: { id: '1', program, name: 'ana', role: 'owner' as const, by: 'key' as const }, now };
    const draft = (rules: object) =>
      inTransaction(db.app, { programs: [program] }, async (tx) => {
        const replaces = (await readDraft(tx, program))?.hash ?? null;
        const { file } = await verbs.program(asking);
        const wish = readProgramValue({ ...file, rules: { ...(file['rules'] as ProgramFile['rules']), ...rules } });
        await saveDraft(tx, program, { file: wish, replaces, by: 'test' }, now);
      });
    const outOfUse = async () => (await verbs.diff(asking, { from: 1, to: 'draft', locale: 'en' })).outOfUse;
    const beans = {
      units: { bean: {} },
      earning: [{ id: 'base', kind: 'rate', unit: 'bean', points: 1, per: 100 }],
      rewards: [],
    };

    await draft(beans);
    expect(await outOfUse()).toEqual([]);
    for (const [customer, points] of Object.entries({ 7: '40', 8: '5' })) {
      const member = await service.member(program, store, customer, { email: `m${customer}@example.test` });
      const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
      await verbs.adjust(asking, row?.public_id ?? '', { id: customer, unit: 'points', points, reason: 'a gift' });
    }
    expect(await outOfUse()).toMatchObject([{ unit: 'points', members: 2, points: '45' }]);
    await draft({ earning: [{ id: 'base', kind: 'rate', points: 2, per: 100 }] });
    expect(await outOfUse()).toEqual([]);
  });
});

import { inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { createApiKey, listApiKeys, revokeApiKey } from '../loyalty/api-keys.js';
import { type Command } from './command.js';
import { openLedger } from './open-ledger.js';

const USAGE = 'api-key create <program> <name>, api-key list <program>, or api-key revoke <program> <key>.';

/** Keys with which an owner's own software calls the API: makes one (its text is shown once), lists them, ends one. */
export const command: Command = async (invocation) => {
  const { args, say } = invocation;
  const [act, program = '', what = ''] = args;
  if (!/^\d{1,18}$/.test(program)) throw new AppError('usage', 400, `Say which program, by its number: ${USAGE}`);
  const db = await openLedger(invocation);
  await inTransaction(db, { programs: [program] }, async (tx) => {
    if (act === 'create' && what !== '') {
      const key = await createApiKey(tx, program, what, 'command');
      say(key.text);
      invocation.complain(`key ${key.id} of program ${program}: it is not shown again`);
    } else if (act === 'list') {
      for (const key of await listApiKeys(tx, program)) say(lineOf(key));
    } else if (act === 'revoke' && /^\d{1,18}$/.test(what)) {
      await revokeApiKey(tx, program, what, Date.now(), 'command');
      say(`key ${what} opens nothing any more`);
    } else throw new AppError('usage', 400, `Say what to do: ${USAGE}`);
  });
  return 'done';
};

function lineOf({ id, name, created, used, revoked }: Awaited<ReturnType<typeof listApiKeys>>[number]): string {
  const parts = [`made ${created.toISOString()}`, used ? `last used ${used.toISOString()}` : 'never used'];
  if (revoked) parts.push(`revoked ${revoked.toISOString()}`);
  return `key ${id} (${name}): ${parts.join(', ')}`;
}

import { inTransaction } from '../db/database.js';
import { clearingOf } from '../http/owner/clearing-verbs.js';
import { AppError } from '../lib/errors.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

/** What the shops of a program owe each other for a month, as CSV: whose points were used where, in points and minor units. */
export const command: Command = async (invocation) => {
  const [program = '', month] = invocation.args;
  const isMonth = month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month);
  if (!/^\d{1,18}$/.test(program) || !isMonth)
    throw new AppError(
      'usage',
      400,
      'Say which program, by its number, and which month: clearing <program> [2026-11].',
    );
  const db = await openLedger(invocation);
  const report = await inTransaction(db, { programs: [program] }, (tx) => clearingOf(tx, program, Date.now(), month));
  const urlOf = new Map(report.stores.map(({ store, url }) => [store, url]));
  const shop = (store: string | null) => (store === null ? '' : (urlOf.get(store) ?? store));
  invocation.say('given by,used at,unit,points,worth,redemptions');
  for (const { gave, took, unit, points, worth, redemptions } of report.lines)
    invocation.say([shop(gave), shop(took), unit, points, worth, redemptions].join(','));
  for (const { store, unit, worth } of report.balances)
    invocation.complain(
      `${shop(store)} ${worth.startsWith('-') ? 'owes' : 'gets'} ${worth.replace('-', '')} for ${unit}`,
    );
  return 'done';
};

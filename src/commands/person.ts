import { inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { memberOf } from '../loyalty/join.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import { audit } from '../loyalty/store-life.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

/** What is kept of one person, where it stands: rows of the member, and rows of the store's customer. */
const OF_MEMBER = [
  'member',
  'consent',
  'activity',
  'survey_answer',
  'shown_name',
  'decision',
  'redemption',
  'account',
  'lot',
] as const;
const OF_CUSTOMER = ['customer_state', 'customer_link', 'order_state'] as const;

/**
 * Everything kept of one customer as lines of JSON, for the owner to hand on when the person asks for it (the platform's data
 * request names the customer): `person <store> <customer>`. That it was read is written down.
 */
export const command: Command = async (invocation) => {
  const [store = '', customer = ''] = invocation.args;
  if (!/^\d{1,18}$/.test(store) || customer === '')
    throw new AppError('no_such_person', 404, 'Say whose store and which of its customers: person <store> <customer>.');
  const db = await openLedger(invocation);
  const [ref] = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ program: string; store: string }>(
      'person_store',
      'select program_id as program, id as store from store where id = $1',
      [store],
    ),
  );
  if (!ref) throw new AppError('no_such_store', 404, `There is no store ${store}.`);
  const loyalty = makeLoyalty(invocation.config.keys, invocation.config.shards);
  await inTransaction(db, { programs: [ref.program] }, async (tx) => {
    const member = await memberOf(tx, ref, customer);
    const say = (table: string, rows: { row: string }[]) => {
      for (const { row } of rows) invocation.say(`{"table":"${table}","row":${row}}`);
    };
    for (const table of OF_CUSTOMER) {
      const text = `select to_json(t)::text as row from ${table} t where program_id = $1 and store_id = $2 and customer = $3`;
      say(table, await tx.prepared<{ row: string }>(`person_${table}`, text, [ref.program, ref.store, customer]));
    }
    for (const table of member === null ? [] : OF_MEMBER) {
      const text = `select to_json(t)::text as row from ${table} t where program_id = $1 and ${table === 'member' ? 'id' : 'member_id'} = $2`;
      say(table, await tx.prepared<{ row: string }>(`person_${table}`, text, [ref.program, member]));
    }
    const people = member === null ? new Map<string, object>() : await loyalty.readPeople(tx, ref.program, [member]);
    say(
      'person',
      [...people.values()].map((person) => ({ row: JSON.stringify(person) })),
    );
    await audit(tx, ref.program, 'owner', 'data.read', { store: ref.store, member });
  });
  return 'done';
};

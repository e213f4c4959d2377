import { inTransaction } from '../db/database.js';
import { indexMembers } from '../loyalty/find-members.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';
import { allPrograms } from './replay.js';

/** Makes members that were there before anybody could be found by name findable, in small steps; again changes nothing. */
export const command: Command = async (invocation) => {
  const { config, say, complain } = invocation;
  const loyalty = makeLoyalty(config.keys, config.shards);
  const db = await openLedger(invocation);
  for (const program of await allPrograms(db)) {
    for (let after: string | null = null; ;) {
      const last: string | null = await inTransaction(db, { programs: [program] }, (tx) =>
        indexMembers(tx, program, after, loyalty),
      );
      if (last === null) break;
      after = last;
      complain(`program ${program}: up to member ${last}`);
    }
    say(`program ${program}: its members are found by their names`);
  }
  return 'done';
};

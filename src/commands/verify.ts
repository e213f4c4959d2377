import { type Violation, verify } from '../ledger/verify.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

/** Checks every invariant of every program on the live database; names the first row that breaks each. */
export const command: Command = async (invocation) => {
  const { say, complain } = invocation;
  const db = await openLedger(invocation);
  const violations = await verify(db, {
    onProgress: ({ program, rule, done, total }) => complain(`${done}/${total} program ${program}: ${rule}`),
  });
  for (const violation of violations) say(sentenceOf(violation));
  say(violations.length === 0 ? 'every invariant holds' : `${violations.length} invariants do not hold`);
  return violations.length === 0 ? 'done' : 'failed';
};

function sentenceOf({ program, rule, says, count, first }: Violation): string {
  const rows = count === 1 ? 'one row breaks it' : `${count} rows break it, the first`;
  return `BROKEN in program ${program}: ${rule}. ${says} ${rows}: ${JSON.stringify(first)}`;
}

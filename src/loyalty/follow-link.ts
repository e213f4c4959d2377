import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { type CheckedIn, localDay } from './check-in.js';
import { deedAnswer, deedRulesInForce, keepDeed } from './note-deed.js';
import type { MemberRef } from './settle-members.js';

/**
 * The member follows one of the owner's links, through us: that is all that can be verified of it. Gives its address in any
 * case, and points as its cap allows. Throws AppError 404 for a link that is not there or not switched on.
 */
export async function followLink(
  tx: Tx,
  { program, member }: MemberRef,
  link: string,
  now: Millis,
  shards: number,
): Promise<CheckedIn & { url: string }> {
  const rule = (await deedRulesInForce(tx, program, 'social', now)).find(({ id, on }) => id === link && on);
  if (!rule) throw new AppError('social_no-rule', 404, 'There is no such link.');
  const id = `${link}:${member}:${await localDay(tx, program, now)}`;
  const deed = { program, member, kind: 'social', id, of: link, at: now } as const;
  const isNew = await keepDeed(tx, deed, now, shards);
  const gives = isNew ? (await deedAnswer(tx, program, deed)).gives : {};
  return { rule: rule.id, name: rule.name ?? rule.id, gives, url: rule.url };
}

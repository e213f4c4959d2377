import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ChangePromotion } from '../rules/promotions/change-promotion.js';
import { lockProgram } from './drafts.js';
import { type PublishedVersion, publishedVersions, versionInForce } from './program-versions.js';
import { publishRules } from './publish-rules.js';
import { audit } from './store-life.js';

/** What is done to which promotion, and by whom (`key:<id>`, `command`). */
export interface PromotionChange {
  id: string;
  /** As the audit says it: `paused`, `resumed`, `stopped`. */
  what: string;
  change: ChangePromotion;
  by: string;
}

/**
 * Changes one promotion of the running program at once, by publishing the rules in force with that change alone: orders after
 * `now` are judged by it, and their decisions say so. Versions that are published for later are published again with the same
 * change, so that none of them takes it back or gets lost. The file's examples are not asked: they say what the promotion gives
 * while it runs, and whoever stops one is in a hurry.
 * @returns the version in force from now on @throws AppError `no_rules` (409), `no_such_promotion` (404), `promotion_exists` (409)
 */
export async function changePromotion(
  tx: Tx,
  program: string,
  { id, what, change, by }: PromotionChange,
  now: Millis,
): Promise<number> {
  await lockProgram(tx, program);
  const versions = await publishedVersions(tx, program);
  const current = versionInForce(versions, now);
  const after = change(current.file.rules, id, now);
  // from the next instant on: what was given by now is not judged anew
  const version = await publishAgain(tx, program, current, after, now + 1, now);
  for (const later of versionsToCome(versions, now)) {
    const { rules } = later.file;
    const known = rules.promotions.some((promotion) => promotion.id === id);
    await publishAgain(tx, program, later, known ? change(rules, id, now) : rules, later.from, now);
  }
  await audit(tx, program, by, `promotion.${what}`, { promotion: id, version });
  return version;
}

/** Published for later, and not overtaken by one that was published after it. */
function versionsToCome(versions: readonly PublishedVersion[], now: Millis): PublishedVersion[] {
  return versions.filter(
    ({ version, from }) => from > now && !versions.some((other) => other.version > version && other.from <= from),
  );
}

async function publishAgain(
  tx: Tx,
  program: string,
  { file: { name, names, examples } }: PublishedVersion,
  rules: PublishedVersion['file']['rules'],
  from: Millis,
  now: Millis,
): Promise<number> {
  return publishRules(tx, program, rules, from, now, { name, names, examples });
}

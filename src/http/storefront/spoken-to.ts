import type { Tx } from '../../db/database.js';
import { offeredAt, readObstacles } from '../../loyalty/blocked-rewards.js';
import { productNames } from '../../loyalty/product-names.js';
import { fileOf } from '../../loyalty/program-versions.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { RuleVersion } from '../../rules/known.js';
import { offeredTo, readTrials } from '../../loyalty/trials.js';
import { memberOfShopper, refOf } from './asking.js';
import { type Spoken, spokenIn } from './spoken.js';
import type { Shopper } from './verbs.js';

export async function versionsOf(tx: Tx, { store }: Shopper): Promise<RuleVersion[]> {
  return (await ruleVersions(tx, [store.program])).get(store.program) ?? [];
}

/**
 * The program in force, in the shopper's language; without the rewards that this shop cannot give as it is set up now, and without
 * those that chance offers to others (H7).
 */
export async function spokenTo(tx: Tx, shopper: Shopper): Promise<Spoken> {
  const { store, language, now } = shopper;
  const file = await fileOf(tx, store.program, inForce(await versionsOf(tx, shopper), now));
  const trials = await readTrials(tx, store.program, { open: true });
  const member = trials.length > 0 ? await memberOfShopper(tx, shopper) : null;
  const rules = offeredTo(trials, offeredAt(await readObstacles(tx, refOf(shopper)), file.rules), member);
  return spokenIn({ ...file, rules }, language, await productNames(tx, refOf(shopper), rules));
}

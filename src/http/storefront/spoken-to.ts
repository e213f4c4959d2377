import type { Tx } from '../../db/database.js';
import { offeredAt, readObstacles } from '../../loyalty/blocked-rewards.js';
import { productNames } from '../../loyalty/product-names.js';
import { fileOf } from '../../loyalty/program-versions.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { RuleVersion } from '../../rules/known.js';
import { refOf } from './asking.js';
import { type Spoken, spokenIn } from './spoken.js';
import type { Shopper } from './verbs.js';

export async function versionsOf(tx: Tx, { store }: Shopper): Promise<RuleVersion[]> {
  return (await ruleVersions(tx, [store.program])).get(store.program) ?? [];
}

/** The program in force, in the shopper's language; without the rewards that this shop cannot give as it is set up now. */
export async function spokenTo(tx: Tx, shopper: Shopper): Promise<Spoken> {
  const { store, language, now } = shopper;
  const file = await fileOf(tx, store.program, inForce(await versionsOf(tx, shopper), now));
  const rules = offeredAt(await readObstacles(tx, refOf(shopper)), file.rules);
  return spokenIn({ ...file, rules }, language, await productNames(tx, refOf(shopper), rules));
}

import { inTransaction } from '../db/database.js';
import type { StoreRef } from '../loyalty/context.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import { givesDiscounts, tagsOfDiscounts } from '../loyalty/standing-discounts.js';
import { wantMirrors } from '../loyalty/want-effects.js';
import type { Work } from './run-effects.js';

/** Where levels or a membership take something off by themselves, the platform is set up for it. */
export async function keepPerks(work: Work, ref: StoreRef): Promise<void> {
  const tags = await tagsOfPerks(work, ref);
  if (!tags) return;
  const platform = await work.platformOf(ref.program, ref.store);
  await platform.keepPerks?.(tags);
}

const ROUND = 500;
const MEMBERS = `
  select distinct member_id as member from customer_link where program_id = $1 and store_id = $2 and member_id > $3
  order by 1 limit $4`;

/** What stands at the platform of members' perks ends by itself: it is written anew long before, also of who never orders. */
export async function renewPerks(work: Work, ref: StoreRef): Promise<void> {
  if (!(await tagsOfPerks(work, ref))) return;
  for (let after = '0', more = true; more;) {
    const page = await inTransaction(work.db, { programs: [ref.program] }, async (tx) => {
      const rows = await tx.prepared<{ member: string }>('jobs_perk_members', MEMBERS, [
        ref.program,
        ref.store,
        after,
        ROUND,
      ]);
      wantMirrors(
        tx,
        rows.map(({ member }) => ({ program: ref.program, member })),
        work.shards,
      );
      return rows;
    });
    after = page.at(-1)?.member ?? after;
    more = page.length === ROUND;
  }
}

/** What the rules in force ask of products where they take something off; null where they do not. */
async function tagsOfPerks({ db, clock }: Work, { program }: StoreRef): Promise<string[] | null> {
  return inTransaction(db, { programs: [program] }, async (tx) => {
    const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
    if (versions.length === 0) return null;
    const { rules } = inForce(versions, clock.now());
    return givesDiscounts(rules) ? tagsOfDiscounts(rules) : null;
  });
}

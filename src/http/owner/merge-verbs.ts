import type * as z from 'zod';
import { mergeByHand, type MergeSide, previewMerge, together } from '../../loyalty/merge-by-hand.js';
import { fileOf } from '../../loyalty/program-versions.js';
import { readMembers } from '../../loyalty/read-members.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { AppError } from '../../lib/errors.js';
import { namesOf } from '../../programs/speaker-of.js';
import { mayDo } from '../../staff/roles.js';
import type * as api from './merge-routes.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type Preview = z.infer<typeof api.mergePreviewAnswer>;

/** Two members made one; ids are the public ones. */
export interface MergeVerbs {
  previewMerge(asking: Asking, id: string, query: z.infer<typeof api.mergeQuery>): Promise<Preview>;
  mergeMembers(asking: Asking, id: string, wish: z.infer<typeof api.mergeRequest>): Promise<void>;
}

export function mergeVerbs(parts: OwnerParts): MergeVerbs {
  const { loyalty } = parts;
  return {
    previewMerge: (asking, id, { other, locale }) =>
      within(parts, asking, async (tx, program) => {
        const seen = await previewMerge(tx, program, { into: id, from: other }, asking.now);
        const names = mayDo(asking.owner.role, 'see-names');
        const of = [seen.into.member, seen.from.member];
        const [kept, gone] = await readMembers(tx, program, of, { names, now: asking.now, loyalty });
        if (!kept || !gone) throw new AppError('no_such_member', 404, 'There is no member of this id.');
        const version = inForce((await ruleVersions(tx, [program])).get(program) ?? [], asking.now);
        const { nameOf } = namesOf(await fileOf(tx, program, version), locale);
        const sideOf = ({ balances, tier, orders }: MergeSide) => ({
          balances: Object.fromEntries(
            Object.keys(version.rules.units).map((unit) => {
              const { available = 0n, pending = 0n, held = 0n, debt = 0n } = balances[unit] ?? {};
              return [unit, { available: `${available}`, pending: `${pending}`, held: `${held}`, debt: `${debt}` }];
            }),
          ),
          tier,
          tierName: tier === null ? null : (nameOf('tier', tier) ?? tier),
          orders,
        });
        const view = ({ publicId, person, code, joined, status }: typeof kept, side: MergeSide) => ({
          id: publicId,
          ...{ name: person?.name ?? null, email: person?.email ?? null, phone: person?.phone ?? null },
          ...{ code, joined: iso(joined.getTime()), status },
          ...sideOf(side),
        });
        const person = together(kept.person, gone.person) ?? { name: null, email: null, phone: null };
        const held = [kept, gone].some(({ status }) => status === 'blocked');
        return {
          kept: view(kept, seen.kept),
          gone: view(gone, seen.gone),
          merged: {
            ...{ name: person.name, email: person.email, phone: person.phone },
            status: held ? 'blocked' : 'active',
            ...sideOf(seen.merged),
          },
          hash: seen.hash,
        };
      }),
    async mergeMembers(asking, id, { other, hash }) {
      const wish = { into: id, from: other, hash, by: actorOf(asking) };
      await within(parts, asking, (tx, program) => mergeByHand(tx, program, wish, asking.now, loyalty));
      parts.ringEffects(asking.owner.program);
    },
  };
}

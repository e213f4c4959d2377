import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import { findMember } from '../../loyalty/by-hand.js';
import { householdOf } from '../../loyalty/households.js';
import { readMembers } from '../../loyalty/read-members.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { changeHead, joinHousehold, leaveHousehold } from '../../loyalty/share-household.js';
import { audit } from '../../loyalty/store-life.js';
import { mayDo } from '../../staff/roles.js';
import type { householdView } from './household-routes.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type View = z.infer<typeof householdView>;

/** Households; ids are the public ones. */
export interface HouseholdVerbs {
  householdOf(asking: Asking, id: string): Promise<View>;
  addToHousehold(asking: Asking, head: string, member: string): Promise<View>;
  changeHead(asking: Asking, id: string): Promise<View>;
  removeFromHousehold(asking: Asking, id: string): Promise<void>;
}

export function householdVerbs(parts: OwnerParts): HouseholdVerbs {
  const { loyalty } = parts;
  const view = (tx: Tx, asking: Asking, ref: MemberRef) => viewOf(tx, asking, ref, parts);
  return {
    householdOf: (asking, id) =>
      within(parts, asking, async (tx, program) => view(tx, asking, await findMember(tx, program, id))),
    addToHousehold: (asking, id, other) =>
      within(parts, asking, async (tx, program) => {
        const [head, { member }] = [await findMember(tx, program, id), await findMember(tx, program, other)];
        await joinHousehold(tx, { program, head: head.member, member }, asking.now, loyalty);
        await audit(tx, program, actorOf(asking), 'household.joined', { member, head: head.member });
        return view(tx, asking, head);
      }),
    changeHead: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        const ref = await findMember(tx, program, id);
        await changeHead(tx, ref, asking.now, loyalty);
        await audit(tx, program, actorOf(asking), 'household.head', { member: ref.member });
        return view(tx, asking, ref);
      }),
    removeFromHousehold: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        const ref = await findMember(tx, program, id);
        const left = await leaveHousehold(tx, ref, asking.now, loyalty);
        if (left) await audit(tx, program, actorOf(asking), 'household.left', { member: ref.member });
      }),
  };
}

async function viewOf(tx: Tx, { owner, now }: Asking, ref: MemberRef, { loyalty }: OwnerParts): Promise<View> {
  const mine = await householdOf(tx, ref.program, ref.member);
  if (!mine) return { household: null };
  const names = mayDo(owner.role, 'see-names');
  const ids = [mine.head, ...mine.others.map(({ member }) => member)];
  const [head, ...others] = await readMembers(tx, ref.program, ids, { names, now, loyalty });
  if (!head) return { household: null };
  const person = ({ publicId, person: of }: typeof head) => ({ member: publicId, name: of?.name ?? null });
  return {
    household: {
      head: person(head),
      others: others.map((one, i) => ({ ...person(one), since: iso(mine.others[i]?.since.getTime() ?? now) })),
    },
  };
}

import type { Database, Tx } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import type { Loyalty } from '../../loyalty/context.js';
import { firstNamesOf } from '../../loyalty/first-names.js';
import { householdOf } from '../../loyalty/households.js';
import { acceptInvitation, invitationsOf, inviteToHousehold } from '../../loyalty/invite-to-household.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { leaveHousehold } from '../../loyalty/share-household.js';
import { memberRefOf, within } from './asking.js';
import { hasSentence, sentence } from './say.js';
import type { Customer, HouseholdAnswer, StorefrontVerbs } from './verbs.js';

interface HouseholdParts {
  db: Database;
  loyalty: Loyalty;
}

type Verbs = Pick<StorefrontVerbs, 'household' | 'inviteToHousehold' | 'acceptHousehold' | 'leaveHousehold'>;

/** The storefront's verbs for sharing an account. */
export function householdVerbs(parts: HouseholdParts): Verbs {
  const { loyalty } = parts;
  const asMember = <T>(customer: Customer, work: (tx: Tx, ref: MemberRef) => Promise<T>): Promise<T> =>
    within(parts, customer, async (tx) => work(tx, await memberRefOf(tx, customer))).catch((error: unknown) => {
      throw inWords(error, customer);
    });
  const shown = (tx: Tx, ref: MemberRef, customer: Customer) => show(tx, ref, customer, loyalty);
  return {
    household: (customer) => asMember(customer, (tx, ref) => shown(tx, ref, customer)),
    inviteToHousehold: (customer, to) =>
      asMember(customer, (tx, ref) => inviteToHousehold(tx, ref, to, customer.now, loyalty)),
    acceptHousehold: (customer, invitation) =>
      asMember(customer, async (tx, ref) => {
        await acceptInvitation(tx, ref, invitation, customer.now, loyalty);
        return shown(tx, ref, customer);
      }),
    leaveHousehold: (customer) =>
      asMember(customer, async (tx, ref) => {
        await leaveHousehold(tx, ref, customer.now, loyalty);
        return shown(tx, ref, customer);
      }),
  };
}

async function show(tx: Tx, ref: MemberRef, { now }: Customer, loyalty: Loyalty): Promise<HouseholdAnswer> {
  const { program, member } = ref;
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  const mine = await householdOf(tx, program, member);
  const invitations = rules.household ? await invitationsOf(tx, ref, now) : [];
  const people = mine ? [mine.head, ...mine.others.map((one) => one.member)] : [];
  const names = await firstNamesOf(tx, program, [...people, ...invitations.map(({ head }) => head)], loyalty);
  const named = (id: string) => names.get(id) ?? null;
  return {
    size: rules.household?.size ?? null,
    household: mine && {
      head: mine.head === member,
      people: people.map((id) => ({ name: named(id), head: id === mine.head, you: id === member })),
    },
    invitations: invitations.map(({ id, head }) => ({ id, name: named(head) })),
  };
}

/** A refusal in the shopper's words. */
function inWords(error: unknown, { language }: Customer): unknown {
  if (!(error instanceof AppError) || error.code !== 'household_refused') return error;
  const key = `refused.household.${String(error.details['binding'])}`;
  const said = sentence(hasSentence(key) ? key : 'refused.household.off', language);
  return new AppError(error.code, error.status, said, error.details);
}

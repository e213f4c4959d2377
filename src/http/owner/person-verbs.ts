import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { blockMember } from '../../loyalty/block-member.js';
import { findMember } from '../../loyalty/by-hand.js';
import { countHeld, exportMember } from '../../loyalty/held-of-member.js';
import { gatherKnown } from '../../loyalty/gather-known.js';
import { datedAsOf, readLotsThen } from '../../loyalty/lots-then.js';
import { type BalanceThen, readAccountParts, readBalancesThen } from '../../loyalty/member-account.js';
import { fileOf } from '../../loyalty/program-versions.js';
import { readDecidedOrders } from '../../loyalty/read-answers.js';
import { readHistory } from '../../loyalty/read-history.js';
import { type MemberProfile, readMember } from '../../loyalty/read-member.js';
import { readMembers } from '../../loyalty/read-members.js';
import { readNothingEarned } from '../../loyalty/read-nothing-earned.js';
import { eraseMember } from '../../loyalty/redact.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { AppError } from '../../lib/errors.js';
import { lostUnit, withFormerUnitNames } from '../../programs/former-units.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { judge } from '../../rules/judged.js';
import type { RuleVersion } from '../../rules/known.js';
import type { Locale } from '../../rules/sentences.js';
import { givesStanding, NO_STANDING, standingNow } from '../../rules/standing.js';
import { mayDo } from '../../staff/roles.js';
import { historyView } from '../storefront/history-view.js';
import { formerBalances, memberView } from '../storefront/member-view.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import type * as api from './person-schemas.js';
import { listedView } from './people-verbs.js';
import type { Asking } from './verbs.js';
import { verdictView } from './verdict-view.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type PersonAnswer = z.infer<typeof api.personAnswer>;

/** What the desk asks of one member; `id` is the public one. */
export interface PersonVerbs {
  person(asking: Asking, id: string, query: z.infer<typeof api.personQuery>): Promise<PersonAnswer>;
  personHistory(
    asking: Asking,
    id: string,
    query: z.infer<typeof api.personHistoryQuery>,
  ): Promise<z.infer<typeof api.personHistoryAnswer>>;
  whyOrder(asking: Asking, id: string, query: z.infer<typeof api.whyQuery>): Promise<z.infer<typeof api.whyAnswer>>;
  blockPerson(asking: Asking, id: string, wish: { blocked: boolean; reason: string }): Promise<void>;
  heldOfPerson(asking: Asking, id: string): Promise<z.infer<typeof api.heldAnswer>>;
  exportPerson(asking: Asking, id: string): Promise<z.infer<typeof api.exportAnswer>>;
  erasePerson(asking: Asking, id: string, code: string): Promise<void>;
}

const PAGE = 50;

/** One member, whoever they are by now, and the rules that speak of them; units that are gone from them keep their name. */
async function meet(tx: Tx, asking: Asking, id: string, locale: Locale) {
  const { program } = asking.owner;
  const ref = await findMember(tx, program, id, { erased: true });
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const now = inForce(versions, asking.now);
  const file = await fileOf(tx, program, now);
  const before = versions.filter((one) => one.from <= asking.now && lostUnit(now.rules.units, one.rules.units));
  const older: ProgramFile[] = [];
  for (const one of before) older.push(await fileOf(tx, program, one));
  const spoken = spokenIn(withFormerUnitNames(file, older), locale);
  return { ref, versions, spoken };
}

export function personVerbs(parts: OwnerParts): PersonVerbs {
  const { loyalty } = parts;
  return {
    person: (asking, id, { at, locale }) =>
      within(parts, asking, async (tx, program) => {
        const { ref, versions, spoken } = await meet(tx, asking, id, locale);
        const names = mayDo(asking.owner.role, 'see-names');
        const profile = await readMember(tx, ref, versions, asking.now, loyalty.shards);
        const [listed] = await readMembers(tx, program, [ref.member], { names, now: asking.now, loyalty });
        if (!profile || !listed) throw new AppError('no_such_member', 404, 'There is no member of this id.');
        const then = at === undefined ? null : Math.min(Date.parse(at), asking.now);
        const seen = then === null ? profile : await profileThen(tx, profile, versions, then);
        return {
          ...listedView(spoken.rules, listed),
          ...accountView(spoken, seen, then ?? asking.now),
          parts: await readAccountParts(tx, program, ref.member, then ?? asking.now),
          at: then === null ? null : iso(then),
        };
      }),
    personHistory: (asking, id, { after = null, locale }) =>
      within(parts, asking, async (tx, program) => {
        const { ref, spoken } = await meet(tx, asking, id, locale);
        const seen = mayDo(asking.owner.role, 'see-names') ? loyalty : null;
        const rows = await readHistory(tx, program, ref.member, { after, limit: PAGE + 1 }, seen);
        const shown = rows.slice(0, PAGE);
        const next = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
        const nothing = await readNothingEarned(tx, program, ref.member, { after, last: next, limit: PAGE }, seen);
        return historyView(spoken, shown, nothing, next);
      }),
    whyOrder: (asking, id, { order, locale }) =>
      within(parts, asking, async (tx, program) => {
        const { ref, spoken } = await meet(tx, asking, id, locale);
        const wish = { text: order, zone: spoken.rules.zone };
        const orders = await readDecidedOrders(tx, program, ref.member, wish);
        return { answers: orders.map((one) => verdictView(spoken, one)) };
      }),
    blockPerson: (asking, id, wish) =>
      within(parts, asking, async (tx, program) =>
        blockMember(tx, await findMember(tx, program, id), { ...wish, by: actorOf(asking) }, asking.now),
      ),
    heldOfPerson: (asking, id) =>
      within(parts, asking, async (tx, program) => countHeld(tx, await findMember(tx, program, id))),
    exportPerson: (asking, id) =>
      within(parts, asking, async (tx, program) =>
        exportMember(tx, await findMember(tx, program, id), actorOf(asking), loyalty, asking.now),
      ),
    erasePerson: (asking, id, code) =>
      within(parts, asking, async (tx, program) => {
        const ref = await findMember(tx, program, id);
        const [known] = await readMembers(tx, program, [ref.member], { names: false, now: asking.now, loyalty });
        if (known?.code !== code)
          throw new AppError('not_confirmed', 422, 'Type the member’s own code to erase what is known of them.');
        await eraseMember(tx, ref, actorOf(asking), loyalty, asking.now);
      }),
  };
}

/** The same member at an instant: balances and lots by what had happened by then, the level by what was known to have happened (T4). */
async function profileThen(
  tx: Tx,
  profile: MemberProfile,
  versions: RuleVersion[],
  then: Millis,
): Promise<MemberProfile> {
  const { program, member }: MemberRef = profile;
  const [balances, lots, gathered] = await Promise.all([
    readBalancesThen(tx, program, member, then),
    readLotsThen(tx, profile, then),
    gatherKnown(tx, program, versions, [member]),
  ]);
  const { rules } = inForce(versions, then);
  return {
    ...profile,
    standing: givesStanding(rules) ? standingNow(judge(gathered.known, then), member) : NO_STANDING,
    balances: new Map(balances.map((one) => [one.unit, { program, member, due: false, ...inWhole(one) }])),
    lots: datedAsOf(lots, gathered.known, then),
  };
}

const inWhole = ({ unit, available, pending, held, debt }: BalanceThen) => ({
  unit,
  available: BigInt(available),
  pending: BigInt(pending),
  held: BigInt(held),
  debt: BigInt(debt),
});

function accountView(
  spoken: Spoken,
  profile: MemberProfile,
  now: Millis,
): Pick<PersonAnswer, 'balances' | 'tier' | 'ladder' | 'stamps' | 'goals' | 'lots'> {
  const { balances, tier, ladder, stamps, goals } = memberView(spoken, profile, '', (code) => code, now);
  return {
    ...{ tier, ladder, stamps, goals },
    balances: { ...balances, ...formerBalances(spoken.rules, profile, now) },
    lots: profile.lots.map((lot) => ({
      unit: lot.unit,
      of: lot.of,
      given: `${lot.given}`,
      left: `${lot.left}`,
      earned: iso(lot.earned),
      usable: iso(lot.usable),
      ends: lot.ends === null ? null : iso(lot.ends),
    })),
  };
}

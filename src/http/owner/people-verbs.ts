import type * as z from 'zod';
import { enrolMember } from '../../loyalty/enrol-member.js';
import type { LevelWish } from '../../loyalty/members-by-level.js';
import { pricesOf, type ReachWish } from '../../loyalty/reach.js';
import type { Millis } from '../../lib/clock.js';
import { findMembers } from '../../loyalty/find-members.js';
import { type ListedMember, readMembers } from '../../loyalty/read-members.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { Calendar, parseDate } from '../../rules/calendar.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { mayDo } from '../../staff/roles.js';
import { worthOf } from '../storefront/member-view.js';
import type * as api from './people-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, type OwnerParts, within } from './within.js';

type MembersAnswer = z.infer<typeof api.membersAnswer>;

/** What the desk asks of members. */
export interface PeopleVerbs {
  members(asking: Asking, query: z.infer<typeof api.membersQuery>): Promise<MembersAnswer>;
  enrol(asking: Asking, wish: z.infer<typeof api.enrolRequest>): Promise<z.infer<typeof api.enrolAnswer>>;
}

export function peopleVerbs(parts: OwnerParts): PeopleVerbs {
  const { loyalty } = parts;
  return {
    members: (asking, { find: text = null, before = null, limit, ...asked }) =>
      within(parts, asking, async (tx, program) => {
        const { owner, now } = asking;
        const names = mayDo(owner.role, 'see-names');
        const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
        const wish = { text, before, byName: names, limit, now, ...asListed(asked, rules, now) };
        const { ids, next } = await findMembers(tx, program, wish, loyalty);
        const members = await readMembers(tx, program, ids, { names, now, loyalty });
        return { members: members.map((one) => listedView(rules, one)), next };
      }),
    async enrol(asking, { name, email, phone, another }) {
      const said = (text: string) => (text === '' ? null : text);
      const who = { name: said(name), email: said(email), phone: said(phone), another, by: actorOf(asking) };
      const answer = await within(parts, asking, (tx, program) => enrolMember(tx, program, who, asking.now, loyalty));
      parts.ringEffects(asking.owner.program);
      return answer;
    },
  };
}

type ListQuery = Omit<z.infer<typeof api.membersQuery>, 'find' | 'before' | 'limit'>;

/** Whom the list shows besides what was typed: of a level, or of a report's figure. */
export function asListed(asked: ListQuery, rules: ProgramRules, now: Millis) {
  return { levels: levelWish(asked, rules.zone, now), reach: reachWish(asked, rules, now) };
}

const DAY_MS = 24 * 3_600_000;

function reachWish(
  { unclaimed, waited, under, active, within: days = 90, on }: ListQuery,
  rules: ProgramRules,
  now: Millis,
): ReachWish | null {
  if (unclaimed !== undefined) {
    // what buys nothing, nobody could use
    const able = pricesOf(rules.rewards).find(({ unit }) => unit === unclaimed) ?? noPrice(unclaimed);
    const back = (ago: number | undefined, none: Millis) => (ago === undefined ? none : now - ago * DAY_MS);
    return { able, since: back(under, 0), before: back(waited, now + 1) };
  }
  if (active === undefined) return null;
  const to = on === undefined ? now + 1 : Calendar.of(rules.zone).startOf(parseDate(on));
  return { active: active === 'yes', from: to - days * DAY_MS, to };
}

const noPrice = (unit: string) => ({ unit, anybody: null, levels: [] });

type LevelQuery = Pick<z.infer<typeof api.membersQuery>, 'level' | 'graced' | 'on' | 'moved' | 'from' | 'to'>;

/** Days are the shop's; a period without a beginning or an end has none. */
function levelWish({ level, graced, on, moved, from, to }: LevelQuery, zone: string, now: Millis): LevelWish | null {
  const instant = (day: string | undefined, none: Millis) =>
    day === undefined ? none : Calendar.of(zone).startOf(parseDate(day));
  if (moved !== undefined) return { moved, level: level ?? null, from: instant(from, 0), to: instant(to, now + 1) };
  if (level === undefined) return null;
  return on === undefined ? { level, graced: graced === 'yes' } : { level, on: instant(on, now) };
}

/** Every unit of the program, also those of which there is nothing. */
export function listedView(rules: ProgramRules, member: ListedMember): MembersAnswer['members'][number] {
  const { publicId, joined, code, status, person, balances } = member;
  return {
    id: publicId,
    ...{ name: person?.name ?? null, email: person?.email ?? null, phone: person?.phone ?? null },
    ...{ code, status, joined: joined.toISOString() },
    balances: Object.fromEntries(
      Object.keys(rules.units).map((unit) => {
        const { available = 0n, pending = 0n, held = 0n, debt = 0n } = balances.find((one) => one.unit === unit) ?? {};
        const worth = worthOf(rules, unit, available);
        return [unit, { available: `${available}`, pending: `${pending}`, held: `${held}`, debt: `${-debt}`, worth }];
      }),
    ),
  };
}

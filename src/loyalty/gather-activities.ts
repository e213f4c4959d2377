import { sql } from 'kysely';
import * as z from 'zod';
import type { Tx } from '../db/database.js';
import { deedKindName, deedKinds } from '../rules/deeds/index.js';
import type { Known, KnownGift, KnownMember } from '../rules/known.js';
import type { RedemptionOf } from './stored-order.js';

/** What kinds of activity beside orders are stored, and the facts that each carries (the column activity.facts). */
export const activityFacts = {
  review: z.object({
    written: z.int(),
    product: z.string(),
    status: z.enum(['pending', 'approved', 'spam', 'removed']),
    photo: z.boolean(),
  }),
  /** `ends` = the last local day on which it can be used; `undone` = from when it is taken back (an import that was undone). */
  adjust: z.object({
    ...{ unit: z.string(), amount: z.int(), reason: z.string(), by: z.string() },
    ...{ ends: z.string().optional(), undone: z.int().optional() },
  }),
  merge: z.object({ from: z.string(), into: z.string() }),
  /** `key` and `hash` = the intention that it was; `to` = whose the other side is. */
  send: z.object({ unit: z.string(), points: z.int(), to: z.string(), key: z.string(), hash: z.string() }),
  receive: z.object({
    ...{ unit: z.string(), from: z.string() },
    parts: z.array(z.object({ points: z.int(), ends: z.int().nullable() })),
  }),
  gift: z.object({ starts: z.string().optional() }),
  birthday: z.object({ monthDay: z.string().nullable() }),
  /** Any kind of deed, a goal that was reached, and a review or a friend (`turn`): its turns under limits of all together, once they were decided. */
  deed: z.object({ turns: z.array(z.string()).optional(), day: z.string().optional() }),
};

export interface Activities extends Pick<
  Known,
  'claims' | 'merges' | 'reviews' | 'reservations' | 'adjustments' | 'visits' | 'deeds' | 'awards' | 'sent' | 'received'
> {
  /** Of each member what they said of their birthday, in the order in which they said it. */
  birthdaysOf: (member: string) => KnownMember['birthdays'];
  /** Memberships that these members were given. */
  gifts: KnownGift[];
  /** Keys of orders that carried a code of these members, or were given to them, whoever's orders they are. */
  usedBy: string[];
  redemptionOf: RedemptionOf;
}

const knownDeedKind = z.union([deedKindName, z.literal('place')]);
const GATHERED = [
  'review',
  'adjust',
  'merge',
  'claim',
  'gift',
  'visit',
  'birthday',
  'code-use',
  'send',
  'receive',
  'place',
  'goal',
  'turn',
  ...deedKinds,
];

interface ActivityRow {
  kind: string;
  key: string;
  member_id: string;
  subject: string | null;
  at: Date;
  facts: unknown;
}

/** Everything but orders and referrals that happened to these members, and what they reserved. */
export async function readActivities(tx: Tx, program: string, members: readonly string[]): Promise<Activities> {
  const [rows, { reservations, redemptionOf }] = await Promise.all([
    readRows(tx, program, members, GATHERED),
    readReservations(tx, program, members),
  ]);
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return {
    ...belongingOf(rows),
    reviews: of('review').map((row) => ({
      ...activityFacts.review.parse(row.facts),
      id: row.key,
      at: row.at.getTime(),
      customer: row.subject ?? '',
    })),
    adjustments: of('adjust').map((row) => {
      const { unit, amount, reason, ends, undone } = activityFacts.adjust.parse(row.facts);
      const known = { id: row.key, member: row.member_id, at: row.at.getTime(), unit, amount, reason };
      return { ...known, ...(ends !== undefined && { ends }), ...(undone !== undefined && { undone }) };
    }),
    sent: of('send').map((row) => {
      const { unit, points } = activityFacts.send.parse(row.facts);
      return { id: row.key, member: row.member_id, at: row.at.getTime(), unit, points };
    }),
    received: of('receive').map((row) => {
      const { unit, parts } = activityFacts.receive.parse(row.facts);
      return { id: row.key, member: row.member_id, at: row.at.getTime(), unit, parts };
    }),
    visits: of('visit').map((row) => ({ member: row.member_id, at: row.at.getTime() })),
    deeds: rows.flatMap(({ kind, key, member_id, subject, at, facts }) => {
      const deed = knownDeedKind.safeParse(kind);
      if (!deed.success) return [];
      const { turns, day } = activityFacts.deed.parse(facts);
      const of = { kind: deed.data, id: key, of: subject ?? '', member: member_id, at: at.getTime() };
      return [{ ...of, ...(turns && { turns }), ...(day !== undefined && { day }) }];
    }),
    awards: [...of('goal'), ...of('turn')].flatMap(({ kind, key, member_id: member, at, facts }) => {
      const { turns } = activityFacts.deed.parse(facts);
      if (!turns) return [];
      return [{ at: at.getTime(), turns, ...(kind === 'goal' ? { of: `goal:${key}` } : { of: key, member }) }];
    }),
    reservations,
    birthdaysOf: (member) =>
      of('birthday')
        .filter((row) => row.member_id === member)
        .map((row) => ({ ...activityFacts.birthday.parse(row.facts), known: row.at.getTime() }))
        .sort((a, b) => a.known - b.known),
    gifts: of('gift').map((row) => {
      const { starts } = activityFacts.gift.parse(row.facts);
      return { order: row.key, member: row.member_id, at: row.at.getTime(), ...(starts !== undefined && { starts }) };
    }),
    usedBy: [...of('code-use'), ...of('gift')].map((row) => row.subject ?? ''),
    redemptionOf,
  };
}

type Belonging = Pick<Known, 'claims' | 'merges'>;

/** What says whose an order is, and who became one with whom: enough to know another's addresses. */
export async function readBelonging(tx: Tx, program: string, members: readonly string[]): Promise<Belonging> {
  return belongingOf(await readRows(tx, program, members, ['claim', 'merge']));
}

function belongingOf(rows: readonly ActivityRow[]): Belonging {
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  return {
    claims: of('claim').map((row) => ({ order: row.subject ?? row.key, member: row.member_id, at: row.at.getTime() })),
    merges: of('merge').map((row) => ({ ...activityFacts.merge.parse(row.facts), at: row.at.getTime() })),
  };
}

async function readRows(
  tx: Tx,
  program: string,
  members: readonly string[],
  kinds: readonly string[],
): Promise<ActivityRow[]> {
  const { rows } = await sql<ActivityRow>`
    select kind, key, member_id, subject, at, facts from activity
    where program_id = ${program}::bigint and member_id = any(${members}::bigint[])
      and kind = any(${[...kinds]}::text[])
  `.execute(tx);
  return rows;
}

interface RedemptionRow {
  id: string;
  member_id: string;
  store_id: string;
  made_at: Date;
  reward: string;
  unit: string;
  points: string;
  off: string;
  code: string;
  code_state: string;
  released_at: Date | null;
  given_at: Date | null;
}

async function readReservations(
  tx: Tx,
  program: string,
  members: readonly string[],
): Promise<Pick<Activities, 'reservations' | 'redemptionOf'>> {
  const { rows } = await sql<RedemptionRow>`
    select id, member_id, store_id, made_at, reward, unit, points, off, code, code_state, released_at, given_at from redemption
    where program_id = ${program}::bigint and member_id = any(${members}::bigint[])
  `.execute(tx);
  const byCode = new Map(rows.map((row) => [`${row.store_id}/${row.code}`, row.id]));
  return {
    redemptionOf: (store, code) => byCode.get(`${store}/${code}`),
    reservations: rows.map((row) => ({
      id: row.id,
      member: row.member_id,
      at: row.made_at.getTime(),
      reward: row.reward,
      unit: row.unit,
      points: Number(row.points),
      off: Number(row.off),
      released: row.released_at?.getTime() ?? null,
      ...(row.given_at === null ? {} : { given: row.given_at.getTime() }),
      returnable: row.code_state === 'killed' || row.code_state === 'failed',
    })),
  };
}

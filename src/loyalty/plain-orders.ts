import type { Tx } from '../db/database.js';
import type { Batch, LotState, Posting } from '../ledger/postings.js';
import type { Millis } from '../lib/clock.js';
import type { RuleVersion } from '../rules/known.js';
import { type PlainRise, dependsOnHistory, judgeOrder } from '../rules/judge-order.js';
import type { DecidedActivity } from './decisions.js';
import type { KeptOrder } from './keep-orders.js';
import { ruleVersions } from './rule-sets.js';
import { orderKey, toKnown } from './stored-order.js';

export interface PlainOrders {
  batch: Batch & { postings: Posting[] };
  decided: DecidedActivity[];
  /** Those that need the replay after all. */
  left: Set<KeptOrder>;
}

interface Facts {
  i: number;
  id: string;
  joined_at: Date;
  mailbox: string | null;
  phone: string | null;
  linked_at: Date | null;
  disturbed_at: Date | null;
  /** To others: merged with somebody, or of somebody's household. */
  bound: boolean;
  /** Something was posted for it before, even if it was all taken back. */
  moved: boolean;
}

/** One query for the batch: what must be known of each order's member before the replay may be skipped. */
export const FACTS = `
  select x.i::int, m.id, m.joined_at, m.mailbox, m.phone, l.linked_at,
    (select max(b.disturbed_at) from member_books b where b.program_id = x.program_id and b.member_id = m.id) as disturbed_at,
    (m.merged_into is not null or m.kin is not null or exists (
      select from member o where o.program_id = m.program_id and o.merged_into = m.id)) as bound,
    exists (select from transfer t where t.program_id = x.program_id and t.member_id = m.id and t.cause = x.activity) as moved
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::text[]) with ordinality
    x(program_id, store_id, customer, member_id, activity, i)
  join member m on m.program_id = x.program_id and m.id = x.member_id
  left join customer_link l on l.program_id = x.program_id and l.store_id = x.store_id and l.customer = x.customer`;

/**
 * Orders that only raise their member's books, in order: judged by themselves, without the member's past. Everything that
 * might touch something earlier is left to the replay. Members must be locked.
 */
export async function judgePlainOrders(tx: Tx, orders: readonly KeptOrder[], now: Millis): Promise<PlainOrders> {
  const result: PlainOrders = { batch: { postings: [], lots: [] }, decided: [], left: new Set(orders) };
  const plain = orders.filter(({ stored }) => isPlain(stored));
  if (plain.length === 0) return result;
  const [facts, versions] = await Promise.all([
    tx.prepared<Facts>('loyalty_plain_facts', FACTS, [
      plain.map((one) => one.program),
      plain.map((one) => one.store),
      plain.map((one) => one.stored.customer),
      plain.map((one) => one.member),
      plain.map((one) => `order:${one.store}/${one.stored.id}`),
    ]),
    ruleVersions(tx, [...new Set(plain.map((one) => one.program))]),
  ]);
  const lots: LotState[] = [];
  for (const fact of facts) {
    const order = plain[fact.i - 1];
    const rules = order && versions.get(order.program);
    if (!order || !rules || fact.bound || fact.moved || fact.linked_at === null) continue;
    if (rules.some((version) => dependsOnHistory(version.rules) || version.rules.stickers)) continue;
    const judged = judge(order, fact, rules, now);
    if (!judged) continue;
    result.decided.push(judged.decided);
    result.batch.postings.push(...judged.postings);
    lots.push(...judged.lots);
    result.left.delete(order);
  }
  return { ...result, batch: { postings: result.batch.postings, lots } };
}

/** Nothing in it happened after the order counted. */
function isPlain({ refunds, disputes, cancelled }: KeptOrder['stored']): boolean {
  return refunds.length === 0 && disputes.length === 0 && cancelled === null;
}

interface PlainJudgement {
  decided: DecidedActivity;
  postings: Posting[];
  lots: LotState[];
}

/** Null when the order must be replayed with its member's past after all. */
function judge(order: KeptOrder, fact: Facts, rules: RuleVersion[], now: Millis): PlainJudgement | null {
  const { program, store, stored } = order;
  const id = orderKey(store, stored.id);
  const known = toKnown(store, stored, {}, () => undefined);
  const since = fact.linked_at?.getTime() ?? 0;
  const joined = fact.joined_at.getTime();
  const member = { id: fact.id, joined, mailbox: fact.mailbox, phone: fact.phone, birthdays: [] };
  const owner = { member, since: Math.max(since, joined), claimed: false };
  const { decision, rises, due } = judgeOrder(rules, known, owner, now);
  const disturbed = fact.disturbed_at?.getTime() ?? -Infinity;
  if (due !== null || rises.some((rise) => !isPlainRise(rise, disturbed, now))) return null;
  const cause = `order:${id}`;
  return {
    decided: { program, activity: cause, member: fact.id, decision },
    postings: rises.map((rise) => postingOf(rise, { program, member: fact.id, cause, lot: rise.of })),
    lots: rises.map((rise) => lotOf(rise, { program, member: fact.id, of: rise.of })),
  };
}

/** Later than whatever disturbed the books, and nothing that it brings (maturing, ending) has happened meanwhile. */
function isPlainRise({ counted, usable, ends }: PlainRise, disturbed: Millis, now: Millis): boolean {
  return counted > disturbed && (usable <= counted || usable > now) && (ends === null || ends > now);
}

function postingOf(rise: PlainRise, key: { program: string; member: string; cause: string; lot: string }): Posting {
  const to = rise.usable > rise.counted ? 'pending' : 'available';
  return { ...key, unit: rise.unit, kind: 'earn', from: 'issued', to, points: rise.points, at: rise.counted, seq: 1 };
}

function lotOf(rise: PlainRise, key: { program: string; member: string; of: string }): LotState {
  const { unit, points, counted, usable, ends } = rise;
  const matured = usable <= counted;
  return { ...key, unit, given: points, left: points, lapsed: 0n, drawn: 0n, matured, earned: counted, usable, ends };
}

import type { ReviewState } from '../commerce/inbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { replay } from '../rules/replay.js';
import type { Loyalty, StoreRef } from './context.js';
import { writeDecisions } from './decisions.js';
import { NOBODY } from './nobodys-orders.js';
import { ruleVersions } from './rule-sets.js';
import { settleMembers } from './settle-members.js';
import { customerKey } from './stored-order.js';

export interface ArrivedReview extends StoreRef {
  review: ReviewState;
}

/**
 * The writer is the customer that the provider names, or the oldest member with the mailbox it was
 * written under. Only the newest state of a review counts; an older one that comes late changes nothing.
 */
const KEEP = `
  insert into activity as a (program_id, kind, key, store_id, member_id, subject, at, facts)
  select x.program_id, 'review', x.key, x.store_id, m.id, coalesce(x.customer, m.customer), x.at, x.facts
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
    x(program_id, store_id, key, customer, mailbox, at, facts)
  left join lateral (
    select m.id, l.store_id || '/' || l.customer as customer from member m
    join customer_link l on l.program_id = m.program_id and l.member_id = m.id
    where m.program_id = x.program_id and case when x.customer is null then m.mailbox = x.mailbox
      else l.store_id || '/' || l.customer = x.customer end
    order by m.joined_at, l.linked_at limit 1
  ) m on true
  order by x.program_id, x.key
  on conflict (program_id, kind, key) do update set at = excluded.at, facts = excluded.facts,
    member_id = coalesce(excluded.member_id, a.member_id), subject = coalesce(excluded.subject, a.subject)
  where a.at < excluded.at or (a.at = excluded.at and a.facts <> excluded.facts)
  returning program_id, key, member_id`;

/** Keeps the newest state of each review and settles whoever it concerns. Nobody's reviews get a decision too. */
export async function applyReviews(
  tx: Tx,
  arrived: readonly ArrivedReview[],
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  const newest = newestOfEach(arrived);
  if (newest.length === 0) return;
  const rows = await tx.prepared<{ program_id: string; key: string; member_id: string | null }>(
    'loyalty_keep_reviews',
    KEEP,
    columnsOf(newest, loyalty),
  );
  const owned = rows.flatMap((row) => (row.member_id ? [{ program: row.program_id, member: row.member_id }] : []));
  await settleMembers(tx, owned, now, loyalty.shards);
  const nobodys = newest.filter((one) => rows.some((row) => row.member_id === null && row.key === reviewKey(one)));
  await decideNobodys(tx, nobodys, now);
}

const REMOVE = `
  update activity set at = $3, facts = jsonb_set(facts, '{status}', '"removed"')
  where program_id = $1 and kind = 'review' and key = $2 and facts ->> 'status' <> 'removed' returning member_id`;

/** The platform no longer has a review that we know (`<provider>:<id>`): what it gave is taken back. False = we knew none. */
export async function removeReview(
  tx: Tx,
  ref: StoreRef,
  review: string,
  now: Millis,
  loyalty: Loyalty,
): Promise<boolean> {
  const { program, store } = ref;
  const rows = await tx.prepared<{ member_id: string | null }>('loyalty_remove_review', REMOVE, [
    program,
    `${store}/${review}`,
    new Date(now),
  ]);
  const owners = rows.flatMap(({ member_id }) => (member_id === null ? [] : [{ program, member: member_id }]));
  await settleMembers(tx, owners, now, loyalty.shards);
  return rows.length > 0;
}

const reviewKey = ({ store, review }: ArrivedReview) => `${store}/${review.provider}:${review.id}`;

function newestOfEach(arrived: readonly ArrivedReview[]): ArrivedReview[] {
  const newest = new Map<string, ArrivedReview>();
  for (const one of arrived) {
    const other = newest.get(reviewKey(one));
    if (!other || other.review.at <= one.review.at) newest.set(reviewKey(one), one);
  }
  return [...newest.values()];
}

function columnsOf(arrived: readonly ArrivedReview[], { tokens }: Loyalty): unknown[] {
  const mailboxes = arrived.map((one) => tokens(one.program).mailbox(one.review.email));
  return [
    arrived.map((one) => one.program),
    arrived.map((one) => one.store),
    arrived.map(reviewKey),
    arrived.map(({ store, review }) => (review.customer === null ? null : customerKey(store, review.customer))),
    mailboxes,
    arrived.map((one) => new Date(one.review.at)),
    arrived.map(({ store, review }, i) =>
      JSON.stringify({
        written: review.written,
        product: customerKey(store, review.product),
        status: review.status,
        photo: review.photo,
        mailbox: mailboxes[i],
      }),
    ),
  ];
}

async function decideNobodys(tx: Tx, reviews: readonly ArrivedReview[], now: Millis): Promise<void> {
  const versions = await ruleVersions(tx, [...new Set(reviews.map((one) => one.program))]);
  const decided = reviews.flatMap((one) => {
    const rules = versions.get(one.program);
    if (!rules) return [];
    const id = reviewKey(one);
    const { at, written, product, status, photo } = one.review;
    const review = { id, at, written, product, status, photo, customer: one.review.customer ?? '' };
    const books = replay({ ...NOBODY, rules, reviews: [review] }, now);
    const decision = books.decisions[`review:${id}`];
    return decision ? [{ program: one.program, activity: `review:${id}`, member: null, decision }] : [];
  });
  writeDecisions(tx, decided, now);
}

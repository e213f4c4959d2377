import type { Tx } from '../db/database.js';
import { readLots } from '../ledger/balances.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { type Sender, type SendingLimit, partsOf, refusesSending } from '../rules/sending.js';
import { refuseBlocked } from './block-member.js';
import type { Loyalty } from './context.js';
import { findReceiver, missedTooOften } from './find-receiver.js';
import { activityFacts } from './gather-activities.js';
import { readMemberState } from './member-state.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { type MemberRef, settleMembers } from './settle-members.js';

export interface SendingWish extends MemberRef {
  /** An e-mail address or a member code, as the sender typed it. */
  to: string;
  points: number;
  /** Names one intention; the same key with another wish is refused. */
  key: string;
  hash: Buffer;
}

export interface Sent {
  id: string;
  unit: string;
  points: number;
  /** The receiver. */
  to: string;
}

/** Beside what the rules refuse: nobody to give it to, oneself, too many tries. */
export type SendingObstacle = SendingLimit | 'receiver' | 'self' | 'tries';

/**
 * Gives points to another member, who has them at once and for good. Both are locked in the order of their ids first, so that two
 * sendings of one balance come after one another. Who receives is asked last: only somebody who could send learns whether an
 * address is a member's, at the price of what they send.
 * @throws AppError `not_sendable` (409, details.binding), `on_hold` (409), `idempotency_key_reused` (422)
 */
export async function sendPoints(tx: Tx, wish: SendingWish, now: Millis, loyalty: Loyalty): Promise<Sent> {
  const { program, member, to, points, key, hash } = wish;
  const ref = { program, member };
  const found = await findReceiver(tx, program, to, loyalty);
  lockMembers(tx, found === null ? [ref] : [ref, { program, member: found }]);
  const retried = await readSent(tx, ref, key);
  if (retried) return sameWish(retried, hash);
  await refuseBlocked(tx, ref);
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const { rules } = inForce(versions, now);
  const unit = rules.sending?.unit ?? '';
  const state = await readMemberState(tx, ref, versions, now, loyalty.shards);
  const binding = refusesSending(rules, points, await senderOf(tx, ref, unit, state.balances.get(unit), now), now);
  if (binding !== null) throw notSendable(binding);
  if (await missedTooOften(tx, program, member, now)) throw notSendable('tries');
  if (found === member) throw notSendable('self');
  // whoever was put on hold, merged or erased before the lock is nobody to give to
  if (found === null || (await findReceiver(tx, program, to, loyalty)) !== found) throw notSendable('receiver');
  const lots = (await readLots(tx, [ref])).filter((lot) => lot.unit === unit && lot.matured);
  const id = await note(tx, wish, found, { unit, parts: partsOf(lots, points) }, hash, now);
  await settleMembers(tx, [ref, { program, member: found }], now, loyalty.shards);
  return { id, unit, points, to: found };
}

function notSendable(binding: SendingObstacle): AppError {
  return new AppError('not_sendable', 409, `These points cannot be sent: ${binding}.`, { binding });
}

interface SentRow {
  id: string;
  at: Date;
  facts: unknown;
}

const SENT = `
  select key as id, at, facts from activity
  where program_id = $1 and member_id in (select id from member where program_id = $1 and (id = $2 or merged_into = $2))
    and kind = 'send'`;
const RETRIED = `${SENT} and facts ->> 'key' = $3`;
const LATELY = `${SENT} and at > $3`;
/** No local year is longer. */
const YEAR_MS = 367 * 24 * 3_600_000;

async function readSent(tx: Tx, ref: MemberRef, key: string): Promise<SentRow | undefined> {
  const [row] = await tx.prepared<SentRow>('sending_retried', RETRIED, [ref.program, ref.member, key]);
  return row;
}

function sameWish({ id, facts }: SentRow, hash: Buffer): Sent {
  const { unit, points, to, hash: earlier } = activityFacts.send.parse(facts);
  if (earlier === hash.toString('hex')) return { id, unit, points, to };
  throw new AppError('idempotency_key_reused', 422, 'This Idempotency-Key belongs to another sending: use a new one.');
}

/** What the rules ask of whoever sends. */
export async function senderOf(
  tx: Tx,
  { program, member }: MemberRef,
  unit: string,
  balance: { available: bigint; debt: bigint } | undefined,
  now: Millis,
): Promise<Sender> {
  const rows = await tx.prepared<SentRow>('sending_lately', LATELY, [program, member, new Date(now - YEAR_MS)]);
  const before = rows.flatMap((row) => {
    const { points, unit: of } = activityFacts.send.parse(row.facts);
    return of === unit ? [{ at: row.at.getTime(), points }] : [];
  });
  return { available: balance?.available ?? 0n, debt: -(balance?.debt ?? 0n), before };
}

const NOTE = `
  with made as (select uuidv7()::text as id)
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1::bigint, kind, id, member, $2::timestamptz, facts from made,
    (values ('send', $3::bigint, $4::jsonb), ('receive', $5::bigint, $6::jsonb)) side(kind, member, facts)
  returning key`;

async function note(
  tx: Tx,
  { program, member, points, key }: SendingWish,
  to: string,
  { unit, parts }: { unit: string; parts: ReturnType<typeof partsOf> },
  hash: Buffer,
  now: Millis,
): Promise<string> {
  const sent = JSON.stringify({ unit, points, to, key, hash: hash.toString('hex') });
  const received = JSON.stringify({ unit, parts, from: member });
  const values = [program, new Date(now), member, sent, to, received];
  const [row] = await tx.prepared<{ key: string }>('sending_note', NOTE, values);
  return row?.key ?? '';
}

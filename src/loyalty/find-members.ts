import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from './context.js';
import { memberOfRotatingCode } from './member-code.js';
import { keepWords, tokensWanted } from './member-words.js';
import { type LevelWish, membersByLevel } from './members-by-level.js';
import { membersByReach, type ReachWish } from './reach.js';

export interface MembersWish {
  /** What was typed; null = all, who came last first. */
  text: string | null;
  /** Only members before this one. */
  before: string | null;
  /** Whether names, mailboxes and phone numbers may be searched; codes and order numbers always may. */
  byName: boolean;
  limit: number;
  /** Only of a level, when nothing was typed. */
  levels?: LevelWish | null;
  /** Only of a figure of reach, when nothing was typed and no level was asked for. */
  reach?: ReachWish | null;
  /** For codes that are others each minute. */
  now: Millis;
}

/** Above every id. */
const LAST = '9223372036854775807';
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export const ALL = `
  select id from member where program_id = $1 and id < $2 and merged_into is null and status <> 'bearer' order by id desc limit $3`;

/** Of somebody's code, number, address or phone there are few: each way by its own index. */
export const EXACT = `
  select distinct coalesce(m.merged_into, m.id) as id from (
    select id from member where program_id = $1 and referral_code = upper($2)
    union all select id from member where program_id = $1 and public_id = $3::uuid
    union all select id from member where program_id = $1 and id = $6
    union all select id from member where program_id = $1 and mailbox = $4
    union all (select id from member where program_id = $1 and phone = $5 limit 50)
    union all (select member_id from order_state where program_id = $1 and number = ltrim($2, '#') limit 50)
    union all select o.member_id from store s join order_state o on o.program_id = $1 and o.store_id = s.id and o.order_id = ltrim($2, '#')
      where s.program_id = $1
  ) hit join member m on m.program_id = $1 and m.id = hit.id where m.status <> 'bearer' order by 1 desc limit 50`;

const COMMON = 1_000;
/** How many have a word, as far as it matters: the rarest is looked through for the others. */
export const RARITY = `
  select t.token, (select count(*) from (
    select from member_word w where w.program_id = $1 and w.token = t.token limit ${COMMON}) few)::int as n
  from unnest($2::bigint[]) t(token) order by n`;

export const BY_WORDS = `
  select w.member_id as hit, coalesce(m.merged_into, m.id) as id
  from member_word w join member m on m.program_id = w.program_id and m.id = w.member_id
  where w.program_id = $1 and w.token = $2 and w.member_id < $4 and not exists (
    select from unnest($3::bigint[]) t(token) where not exists (
      select from member_word o where o.program_id = $1 and o.token = t.token and o.member_id = w.member_id))
  order by w.member_id desc limit $5`;

/**
 * Members by what one types at a counter: a code, an order's number, a mailbox or a phone number; else by the beginnings of
 * words of their names, or a phone number's ending. `next` = where the page after this one begins; null = nothing follows.
 */
export async function findMembers(
  tx: Tx,
  program: string,
  wish: MembersWish,
  loyalty: Pick<Loyalty, 'tokens' | 'memberCodeKey'>,
): Promise<{ ids: string[]; next: string | null }> {
  const { text, before, byName, limit, now } = wish;
  if (text === null) {
    const page = { before: before ?? LAST, limit: limit + 1 };
    const ids = await membersOf(tx, program, wish, page);
    return paged(
      ids.map((id) => ({ id, hit: id })),
      limit,
    );
  }
  const tokens = loyalty.tokens(program);
  if (before === null) {
    const known = byName ? [tokens.mailbox(text), tokens.phone(text)] : [null, null];
    const shown = memberOfRotatingCode(loyalty.memberCodeKey(program), text, now);
    const values = [program, text, UUID.test(text) ? text : null, ...known, shown];
    const exact = await tx.prepared<{ id: string }>('members_exact', EXACT, values);
    if (exact.length > 0) return { ids: exact.map(({ id }) => id), next: null };
  }
  const wanted = byName ? tokensWanted(text, tokens) : [];
  const [rarest, ...others] = wanted.length < 2 ? wanted : await byRarity(tx, program, wanted);
  if (rarest === undefined) return { ids: [], next: null };
  const values = [program, rarest, others, before ?? LAST, limit + 1];
  return paged(await tx.prepared<{ id: string; hit: string }>('members_by_words', BY_WORDS, values), limit);
}

function membersOf(
  tx: Tx,
  program: string,
  { levels, reach }: MembersWish,
  page: { before: string; limit: number },
): Promise<string[]> {
  if (levels) return membersByLevel(tx, program, levels, page);
  return reach ? membersByReach(tx, program, reach, page) : allMembers(tx, program, page);
}

async function allMembers(tx: Tx, program: string, { before, limit }: { before: string; limit: number }) {
  const rows = await tx.prepared<{ id: string }>('members_all', ALL, [program, before, limit]);
  return rows.map(({ id }) => id);
}

async function byRarity(tx: Tx, program: string, tokens: readonly string[]): Promise<string[]> {
  const rows = await tx.prepared<{ token: string }>('members_rarity', RARITY, [program, tokens]);
  return rows.map(({ token }) => token);
}

function paged(rows: readonly { id: string; hit: string }[], limit: number): { ids: string[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.hit ?? null) : null;
  return { ids: [...new Set(shown.map(({ id }) => id))], next };
}

const UNFOUND = `
  select member_id as id from member_pii where program_id = $1 and member_id > $2 order by member_id limit $3`;
const PAGE = 500;

/**
 * Makes those found who were there before anybody was; again changes nothing. Gives the last member looked at; null when
 * there was none after `after`.
 */
export async function indexMembers(
  tx: Tx,
  program: string,
  after: string | null,
  loyalty: Pick<Loyalty, 'tokens' | 'readPeople'>,
): Promise<string | null> {
  const rows = await tx.prepared<{ id: string }>('members_to_index', UNFOUND, [program, after ?? '0', PAGE]);
  const people = await loyalty.readPeople(
    tx,
    program,
    rows.map(({ id }) => id),
  );
  for (const [member, person] of people) keepWords(tx, program, member, person, loyalty.tokens(program));
  return rows.at(-1)?.id ?? null;
}

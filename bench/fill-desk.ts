import { inTransaction, openDatabase } from '../src/db/database.js';
import { makeLoyalty } from '../src/loyalty/make-loyalty.js';
import { FIRST, fillMembers } from '../test/support/many-members.js';
import { madePerson } from './made-people.js';
import { KEYS, SHARDS, settlePopulation } from './population.js';
import type { BenchDatabase } from './postgres.js';

/** When the bench's owner looks; what happened lies in the two years before. */
export const NOW = '2026-11-22T12:00:00Z';

const PAGE = 1_000;
const pages = (members: number): number[][] =>
  Array.from({ length: Math.ceil(members / PAGE) }, (_, page) =>
    Array.from({ length: Math.min(PAGE, members - page * PAGE) }, (__, i) => page * PAGE + i + 1),
  );

/**
 * Program 1 with so many members as the product keeps them: persons sealed, found by tokens, books that are sound, and what
 * happens in a shop beside. Empty but for `settlePopulation`'s few before.
 */
export async function fillDesk(database: BenchDatabase, members: number, say: (line: string) => void): Promise<void> {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  await settlePopulation(database, 1);
  await database.sql(SELDOM);
  await fillMembers((text) => database.sql(text), { program: '1', store: '1', members, buysEach: 2, now: NOW });
  say(`  ${members} members with their books, ${seconds()} s`);
  await keepPeople(database, members);
  for (const text of BESIDES) await database.sql(text, text.includes('$1') ? [FIRST] : []);
  await database.sql('vacuum analyze');
  say(`  who they are, sealed and to be found, ${seconds()} s`);
}

async function keepPeople(database: BenchDatabase, members: number): Promise<void> {
  const db = await openDatabase(database.url, { role: 'owner', max: 1 });
  const loyalty = makeLoyalty(KEYS, SHARDS);
  const { mailbox, phone } = loyalty.tokens('1');
  try {
    for (const numbers of pages(members)) {
      const people = new Map(numbers.map((n) => [`${FIRST + n}`, madePerson(n)]));
      await inTransaction(db, { programs: ['1'] }, (tx) => loyalty.keepNewPeople(tx, '1', people));
      const found = [...people.values()];
      await database.sql(
        `update member m set mailbox = x.mailbox, phone = x.phone
         from unnest($1::bigint[], $2::text[], $3::text[]) x(id, mailbox, phone) where m.program_id = 1 and m.id = x.id`,
        [[...people.keys()], found.map(({ email }) => mailbox(email)), found.map((one) => phone(one.phone))],
      );
    }
  } finally {
    await db.close();
  }
}

/** Of a few what waits for somebody, spread over all; of most what is over. */
const BESIDES = [
  `update redemption set state = 'captured', released_at = null, order_id = 'N' || member_id || '-1' where program_id = 1 and member_id % 5 < 3`,
  `update adjustment set state = 'waiting', decided_by = null, decided_at = null where program_id = 1 and member_id % 400 = 0`,
  `insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
   select 1, 'send', uuidv7(joined_at - now()), 1, id, '1/' || id, joined_at,
     jsonb_build_object('unit', 'points', 'points', '5', 'to', $1::bigint + 1)
   from member where program_id = 1 and id > $1::bigint + 1 and id % 20 = 0`,
];

/** What somebody looks for in a log that is full of other things. */
const SELDOM = `insert into audit_event (program_id, at, actor, what)
  select 1, timestamptz '${NOW}' - interval '800 days', 'staff:1', 'promotion.paused' from generate_series(1, 20)`;

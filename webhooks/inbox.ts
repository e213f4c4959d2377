import { inTransaction, type Database } from '../src/db/database.js';

/** A delivery to be kept. `body` is sealed; `hash` is sha256 of the bytes as they came. */
export interface NewRow {
  program: string;
  store: string;
  shard: number;
  topic: string;
  key: string | null;
  subject: string | null;
  hash: Buffer;
  body: Buffer;
  triggered: number | null;
  /** True when the signature does not say whose it is: then the same bytes under another store are refused. */
  sharedSecret: boolean;
}

export type Kept = 'stored' | 'duplicate' | 'seen-elsewhere';

export interface Inbox {
  /** Resolves after the commit. Rejects when the database refused: nothing of the row is there. */
  put(row: NewRow): Promise<Kept>;
}

interface Waiting {
  row: NewRow;
  resolve(kept: Kept): void;
  reject(error: unknown): void;
}

const MOST_IN_FLIGHT = 2;
const MOST_ROWS = 64;
/** Fewer rows wait for the batch that is under way: they are cheaper with what comes until then. */
const WORTH_A_SECOND = 16;

/**
 * Rows of many requests in one statement and one commit. What one turn of the event loop brought is written at its end;
 * while a batch is under way what comes is collected, for a second batch beside it or for the next. Nothing waits for a timer.
 */
export function openInbox(write: (rows: readonly NewRow[]) => Promise<Kept[]>): Inbox {
  const queue: Waiting[] = [];
  /** Whose a shared-secret body is, from its arrival until it is committed and the table knows. */
  const owners = new Map<string, { store: string; count: number }>();
  let inFlight = 0;
  let soon = false;

  async function flush(): Promise<void> {
    const batch = queue.splice(0, MOST_ROWS);
    inFlight++;
    try {
      settle(batch, await write(batch.map(({ row }) => row)));
    } catch (error) {
      if (batch.length > 1 && isOfOneRow(error)) await eachAlone(batch, write);
      else for (const one of batch) one.reject(error);
    } finally {
      inFlight--;
      for (const { row } of batch) release(row);
      pumpSoon();
    }
  }

  /** At the end of this turn: senders that were answered together ask again together. */
  function pumpSoon(): void {
    if (soon || queue.length === 0) return;
    soon = true;
    setImmediate(pump);
  }

  function pump(): void {
    soon = false;
    while (queue.length >= (inFlight === 0 ? 1 : WORTH_A_SECOND) && inFlight < MOST_IN_FLIGHT) void flush();
  }

  function release(row: NewRow): void {
    if (!row.sharedSecret) return;
    const id = row.hash.toString('latin1');
    const owner = owners.get(id);
    if (owner && --owner.count === 0) owners.delete(id);
  }

  return {
    put(row) {
      if (row.sharedSecret) {
        const id = row.hash.toString('latin1');
        const owner = owners.get(id) ?? { store: row.store, count: 0 };
        if (owner.store !== row.store) return Promise.resolve('seen-elsewhere');
        owners.set(id, { ...owner, count: owner.count + 1 });
      }
      return new Promise((resolve, reject) => {
        queue.push({ row, resolve, reject });
        pumpSoon();
      });
    },
  };
}

function settle(batch: readonly Waiting[], kept: readonly Kept[]): void {
  batch.forEach((one, i) => one.resolve(kept[i] as Kept));
}

/**
 * SQLSTATE classes that speak of what a row says: data exception, integrity constraint, program limit. Anything else is of the
 * database, and to ask an absent one row by row would keep every sender waiting past its own patience.
 */
const OF_ONE_ROW = /^(22|23|54)/;
const isOfOneRow = (error: unknown): boolean => OF_ONE_ROW.test(String((error as { code?: unknown }).code));

/** What fails together for one row's sake is tried alone, so that no row fails for its neighbour. */
async function eachAlone(
  batch: readonly Waiting[],
  write: (rows: readonly NewRow[]) => Promise<Kept[]>,
): Promise<void> {
  for (const [at, one] of batch.entries()) {
    try {
      settle([one], await write([one.row]));
    } catch (error) {
      one.reject(error);
      if (isOfOneRow(error)) continue;
      for (const left of batch.slice(at + 1)) left.reject(error);
      return;
    }
  }
}

/**
 * Topics under a secret of many stores have the form `a/b`; the index inbox_body is of them alone. That look-up is a
 * scalar with a limit, which stays one probe of the index a row: as a join, planned while the inbox was small, it would read
 * all of it for each batch.
 */
export const KEEP = `with v as materialized (
  select u.*, shared and topic like '%/%' and (
    select true from inbox i where i.body_hash = u.body_hash and i.topic like '%/%' and i.store_id <> u.store_id limit 1) is true as elsewhere
  from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::float8[], $10::boolean[])
    with ordinality as u (program_id, store_id, shard, topic, delivery_key, subject, body_hash, body, triggered, shared, ord)),
kept as (
  insert into inbox (program_id, store_id, shard, topic, delivery_key, subject, body_hash, body, triggered_at)
  select program_id, store_id, shard, topic, delivery_key, subject, body_hash, body, to_timestamp(triggered / 1000)
  from v where not elsewhere order by ord
  on conflict (store_id, delivery_key) where delivery_key is not null do nothing
  returning store_id, delivery_key)
select 'seen-elsewhere' as kept, ord::int - 1 as ord, null::bigint as store_id, null as delivery_key from v where elsewhere
union all select 'stored', null, store_id, delivery_key from kept where delivery_key is not null`;

interface Answer {
  kept: Kept;
  ord: number | null;
  store_id: string | null;
  delivery_key: string | null;
}

/** Writes rows to the table inbox in one statement and one commit, as intake. */
export function inboxWriter(db: Database): (rows: readonly NewRow[]) => Promise<Kept[]> {
  return async (rows) => {
    const values = [
      rows.map((row) => row.program),
      rows.map((row) => row.store),
      rows.map((row) => row.shard),
      rows.map((row) => row.topic),
      rows.map((row) => row.key),
      rows.map((row) => row.subject),
      rows.map((row) => row.hash),
      rows.map((row) => row.body),
      rows.map((row) => row.triggered),
      rows.map((row) => row.sharedSecret),
    ];
    return keptOf(rows, await inTransaction(db, 'intake', (tx) => tx.prepared<Answer>('inbox_keep', KEEP, values)));
  };
}

/** A key is returned once, when it was new: of two rows with one key the second is the duplicate. */
function keptOf(rows: readonly NewRow[], answers: readonly Answer[]): Kept[] {
  const elsewhere = new Set(answers.filter(({ kept }) => kept === 'seen-elsewhere').map(({ ord }) => ord));
  const fresh = new Set(
    answers.filter(({ kept }) => kept === 'stored').map((row) => `${row.store_id} ${row.delivery_key}`),
  );
  return rows.map((row, ord) => {
    if (elsewhere.has(ord)) return 'seen-elsewhere';
    return row.key === null || fresh.delete(`${row.store} ${row.key}`) ? 'stored' : 'duplicate';
  });
}

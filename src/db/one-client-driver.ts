import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import pg from 'pg';

/** The connection of an open transaction. After its end a forgotten `await` must not speak into somebody else's. */
export interface Line {
  client: pg.PoolClient;
  open: boolean;
  /** Answers that nobody waits for before the commit. */
  sent: Promise<unknown>[];
}

export function ask(line: Line, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
  if (!line.open) throw new Error('this transaction is over: something in it was not awaited');
  holdBack(line.client);
  return line.client.query(query);
}

/** What is asked in one turn goes out in one write: each costs both sides as much as running a small statement. */
function holdBack(client: pg.PoolClient): void {
  if (!(client instanceof pg.Client)) return;
  const { stream } = client.connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Asks without waiting. What becomes of it is known at the end of the transaction. */
export function send(line: Line, query: string | pg.QueryConfig): void {
  const answer = ask(line, query);
  answer.catch(() => {});
  line.sent.push(answer);
}

/** Lets kysely speak over the one connection whose transaction is already open: it begins and commits nothing. */
export class OneClientDriver implements Driver {
  private readonly connection: DatabaseConnection;

  constructor(line: Line) {
    this.connection = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, command, rowCount } = await ask(line, { text: sql, values: [...parameters] });
        const changed = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
        return changed ? { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows as R[] };
      },
      streamQuery() {
        throw new Error('a transaction does not stream: read in pages');
      },
    };
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.connection;
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
  beginTransaction(): Promise<void> {
    throw new Error('already in a transaction');
  }
  commitTransaction(): Promise<void> {
    throw new Error('the edge commits: inTransaction');
  }
  rollbackTransaction(): Promise<void> {
    throw new Error('the edge rolls back: throw');
  }
}

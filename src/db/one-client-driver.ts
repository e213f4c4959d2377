import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import type pg from 'pg';

/** The connection of an open transaction. After its end a forgotten `await` must not speak into somebody else's. */
export interface Line {
  client: pg.PoolClient;
  open: boolean;
}

export function ask(line: Line, query: string | pg.QueryConfig): Promise<pg.QueryResult> {
  if (!line.open) throw new Error('this transaction is over: something in it was not awaited');
  return line.client.query(query);
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

import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import pg from 'pg';
import { RetryLater } from '../lib/errors.js';
import { asParameter } from './columns.js';
import { ask, OneClientDriver, send } from './one-client-driver.js';
import type { Line } from './one-client-driver.js';
import type { Tables } from './tables.js';

/** As whom a pool works. `owner` is for migrations, tests and nothing else: no row-level security holds a superuser. */
export type Role = 'app' | 'intake' | 'owner';

const ROLES = { app: 'tallymark_app', intake: 'tallymark_intake' } as const;

export interface Database {
  readonly pool: pg.Pool;
  readonly role: Role;
  /** False where the connecting role may not take ours (docs/decisions/0002): policies hold by setting alone. */
  readonly roles: boolean;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  max: number;
  role: Role;
  /** How long one statement may take; 5 s for requests, 60 s for workers. */
  statementTimeoutMs?: number;
  /**
   * How long a server may say nothing before its connection is given up and replaced: one that is frozen, or behind a dead
   * network, ends no statement itself. Longer than any statement of the pool may take; without it, as long as TCP waits.
   */
  silenceMs?: number;
  /** How long to wait for a free connection; 2 s unless told: a full pool answers fast, it does not hang. */
  acquireTimeoutMs?: number;
  /** An idle connection that the server dropped: the pool replaces it, nobody need do anything. */
  onIdleError?: (error: Error) => void;
}

/** Whose rows a transaction may touch: those of some programs, or what intake may see across all of them. */
export type Scope = { programs: readonly string[] } | 'intake';

declare const tx: unique symbol;

/** An open transaction: kysely's methods, and `prepared` for statements by name. Only `inTransaction` makes one. */
export type Tx = Kysely<Tables> & {
  readonly [tx]: true;
  /** Runs a statement that the connection keeps prepared under `name` (one text per name, for ever). */
  prepared<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same for a statement whose answer nobody needs: it is not waited for, and the transaction fails when it does. */
  send(name: string, text: string, values: readonly unknown[]): void;
};

/** Intake takes rows by their indexes alone. A plan that was made while its tables were empty is kept when they are not. */
const BY_INDEX = ' -c enable_seqscan=off';

export async function openDatabase(url: string, options: DatabaseOptions): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    // statements go out in the order in which they are given, without waiting for the answers to those before them
    pipeline: true,
    application_name: `tallymark ${options.role}`,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    ...(options.silenceMs !== undefined && { query_timeout: options.silenceMs }),
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: options.acquireTimeoutMs ?? 2_000,
    idle_in_transaction_session_timeout: 60_000,
    // the statements take whole batches: planned for one batch's size they may flip to reading a big table from end to end;
    // an index is as cheap to reach into as a table on anything but a turning disk
    options: `-c plan_cache_mode=force_generic_plan -c random_page_cost=1.1${options.role === 'intake' ? BY_INDEX : ''}`,
  });
  // without a listener a stopping server kills the process
  pool.on('error', options.onIdleError ?? (() => {}));
  const roles = options.role !== 'owner' && (await mayTakeRoles(pool));
  return { pool, role: options.role, roles, close: () => pool.end() };
}

async function mayTakeRoles(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ ok: boolean }>(
    "select count(*) = 2 as ok from pg_roles where rolname in ('tallymark_app', 'tallymark_intake') and pg_has_role(session_user, oid, 'set')",
  );
  return rows[0]?.ok ?? false;
}

class InTheWay extends RetryLater {}

/** The pool's own words for it: it has no code. */
const NONE_FREE = 'timeout exceeded when trying to connect';

/**
 * Runs `fn` in a transaction that sees only `scope`, commits when it returns and rolls back when it throws. Deadlocks,
 * serialisation failures and a pool without a free connection become `RetryLater`. The edge (a route, a job, a script)
 * calls it; verbs are given the `Tx`.
 */
export async function inTransaction<T>(db: Database, scope: Scope, fn: (tx: Tx) => T | Promise<T>): Promise<T> {
  const client = await db.pool.connect().catch((error: Error) => {
    throw error.message === NONE_FREE
      ? new RetryLater('every connection to the database is busy', 1_000, { cause: error })
      : error;
  });
  const line: Line = { client, open: true, sent: [] };
  let broken: Error | undefined;
  // a connection that is lost between two statements says so to nobody else, and unheard it ends the process
  const onLost = (error: Error) => void (broken = error);
  client.on('error', onLost);
  try {
    send(line, `begin; ${scoping(db, scope)}`);
    const result = await fn(makeTx(line));
    const commit = ask(line, 'commit');
    line.open = false;
    const [{ command }] = await Promise.all([commit, ...line.sent]);
    if (command !== 'COMMIT')
      throw new Error('a statement failed and was passed over: nothing of its transaction is kept');
    return result;
  } catch (error) {
    line.open = false;
    await client.query('rollback').catch((failure: Error) => (broken = failure));
    throw retriable(await firstFailure(line, error));
  } finally {
    line.open = false;
    client.off('error', onLost);
    client.release(broken);
  }
}

/**
 * The same for somebody who waits for the answer: when another transaction was in the way it is run again, twice at most.
 * What `fn` did was rolled back, so it must do nothing else.
 */
export async function inTransactionAtOnce<T>(db: Database, scope: Scope, fn: (tx: Tx) => T | Promise<T>): Promise<T> {
  for (let left = 2; ; left--) {
    try {
      return await inTransaction(db, scope, fn);
    } catch (error) {
      if (!(error instanceof InTheWay) || left === 0) throw error;
      await new Promise((done) => setTimeout(done, error.afterMs * (0.5 + Math.random())));
    }
  }
}

/**
 * What stands behind a failure: after the first of them Postgres refuses every statement of the transaction, so when one that
 * was only sent has failed, the later ones complain of nothing else. A commit of it is a rollback, without an error.
 */
async function firstFailure(line: Line, error: unknown): Promise<unknown> {
  const sent = await Promise.allSettled(line.sent);
  return sent.find((one) => one.status === 'rejected')?.reason ?? error;
}

/** Changes what the statements after it see: a worker claims as intake, then decides for the programs that it found. */
export function rescope(db: Database, tx: Tx, scope: Scope): void {
  const line = lineOf.get(tx);
  if (!line) throw new Error('not a transaction of inTransaction');
  send(line, scoping(db, scope));
}

const lineOf = new WeakMap<Tx, Line>();

function makeTx(line: Line): Tx {
  const kysely = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new OneClientDriver(line),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  const made = Object.assign(kysely, {
    prepared: async <Row>(name: string, text: string, values: readonly unknown[]) =>
      (await ask(line, { name, text, values: values.map(asParameter) })).rows as Row[],
    send: (name: string, text: string, values: readonly unknown[]) =>
      send(line, { name, text, values: values.map(asParameter) }),
  }) as Tx;
  lineOf.set(made, line);
  return made;
}

function scoping(db: Database, scope: Scope): string {
  const intake = scope === 'intake';
  const programs = intake ? '' : `{${scope.programs.map(digits).join(',')}}`;
  const role = db.roles ? `set local role ${intake ? ROLES.intake : ROLES.app};` : '';
  return `${role} select set_config('tallymark.programs', '${programs}', true), set_config('tallymark.intake', '${intake ? 'on' : ''}', true)`;
}

function digits(id: string): string {
  if (!/^\d{1,18}$/.test(id)) throw new Error(`not a program id: ${JSON.stringify(id)}`);
  return id;
}

function retriable(error: unknown): unknown {
  const code = (error as { code?: unknown }).code;
  return code === '40P01' || code === '40001' || code === '55P03'
    ? new InTheWay('another transaction was in the way', 50, { cause: error })
    : error;
}

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { inTransaction, openDatabase } from '../../src/db/database.js';
import { describeSchema } from '../../src/db/describe-schema.js';
import { migrate, MIGRATIONS } from '../../src/db/migrate.js';
import { emptyDatabase, testDatabase } from '../support/database.js';

const files = readdirSync(MIGRATIONS).filter((name) => /^\d{4}_/.test(name));

describe('the schema', () => {
  const db = testDatabase();

  test('migrations/schema.sql is what all migrations come to (npx tsx scripts/dump-schema.ts)', async () => {
    expect(await describeSchema(db.owner.pool as unknown as pg.Client)).toBe(
      readFileSync(join(MIGRATIONS, 'schema.sql'), 'utf8'),
    );
  });

  test('the files of tables in src/db name every table and column, with null where null may come', async () => {
    const columns = await db.sql<{
      table_name: string;
      column_name: string;
      is_nullable: string;
      data_type: string;
      identity: string;
      fixed: boolean;
      computed: boolean;
    }>(
      `select table_name, column_name, is_nullable, data_type, coalesce(identity_generation, '') as identity, column_default is null as fixed,
         is_generated = 'ALWAYS' as computed
       from information_schema.columns where table_schema = 'public' and table_name <> 'migration' order by table_name, column_name`,
    );
    const inDatabase = columns.map((c) => `${c.table_name}.${c.column_name}: ${typeOf(c)}`);
    expect(declared()).toEqual(inDatabase.sort());
  });

  test('each number is used once, and without a gap', () => {
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, n) => n + 1));
  });
});

const SIMPLE: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  integer: 'number',
  smallint: 'number',
  boolean: 'boolean',
  bytea: 'Buffer',
  ARRAY: 'string[]',
};

function typeOf(c: {
  is_nullable: string;
  data_type: string;
  identity: string;
  fixed: boolean;
  computed: boolean;
}): string {
  if (c.identity) return c.identity === 'ALWAYS' ? 'GeneratedAlways<string>' : 'Generated<string>';
  const nullable = c.is_nullable === 'YES';
  if (c.data_type === 'jsonb') return 'Json';
  if (c.data_type === 'bigint') return nullable ? 'string | null' : c.fixed ? 'Big' : 'BigDefault';
  if (c.data_type.startsWith('timestamp')) return nullable ? 'InstantOrNull' : c.fixed ? 'Instant' : 'InstantDefault';
  const plain = `${SIMPLE[c.data_type] ?? c.data_type}${nullable ? ' | null' : ''}`;
  if (c.computed) return `GeneratedAlways<${plain}>`;
  return c.fixed ? plain : `Generated<${plain}>`;
}

/** The interfaces as written: `table.column: type`, sorted. */
function declared(): string[] {
  const text = [
    'tables.ts',
    'ledger-tables.ts',
    'told-tables.ts',
    'export-tables.ts',
    'import-tables.ts',
    'bulk-tables.ts',
    'job-tables.ts',
    'deed-tables.ts',
    'staff-tables.ts',
    'redemption-tables.ts',
  ]
    .map((name) => readFileSync(join(MIGRATIONS, '../src/db', name), 'utf8'))
    .join('');
  const tables = [...text.slice(text.indexOf('interface Tables')).matchAll(/^ {2}(\w+): (\w+);/gm)];
  return tables
    .flatMap(([, table, name]) => {
      const body = new RegExp(`interface ${name} \\{([^}]*)\\}`).exec(text)?.[1] ?? '';
      return [...body.matchAll(/^ {2}(\w+): ([^;]+);/gm)].map(([, column, type]) => `${table}.${column}: ${type}`);
    })
    .sort();
}

describe('migrate', () => {
  test('four at once: each migration runs once, and again nothing runs', async () => {
    const { url, drop } = await emptyDatabase();
    try {
      const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(url)));
      expect(ran.flat().sort()).toEqual([...files].sort());
      expect(await migrate(url)).toEqual([]);
    } finally {
      await drop();
    }
  });

  test('one that fails leaves nothing behind, keeps those before it, and is run again when it is mended', async () => {
    const { url, drop } = await emptyDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'tallymark-migrations-'));
    const second = (text: string) => writeFile(join(folder, '0002_second.sql'), text);
    try {
      await writeFile(join(folder, '0001_first.sql'), 'create table a (x int)');
      await second('create table b (x int); select 1 / 0;');
      await expect(migrate(url, { folder })).rejects.toThrow('0002_second.sql failed: division by zero');
      await second('create table b (x int)');
      expect(await migrate(url, { folder })).toEqual(['0002_second.sql']);
    } finally {
      await drop();
    }
  });

  test('by a role that may make neither roles nor superusers (hosted Postgres): it owns everything and is held all the same', async () => {
    const { url, drop } = await emptyDatabase();
    const owner = new URL(url);
    try {
      await asSuperuser(
        url,
        "create role hosted login password 'hosted' nosuperuser nocreaterole nobypassrls; grant all on schema public to hosted",
      );
      Object.assign(owner, { username: 'hosted', password: 'hosted' });
      await migrate(owner.href);
      const db = await openDatabase(owner.href, { max: 2, role: 'app' });
      expect(db.roles).toBe(false);
      const make = (id: string) =>
        inTransaction(db, { programs: [id] }, (tx) =>
          tx
            .insertInto('program')
            .values({ id, name: 'x', zone: 'UTC', money_code: 'EUR', money_exponent: 2 })
            .execute(),
        );
      await make('1');
      await make('2');
      const seen = (scope: Parameters<typeof inTransaction>[1]) =>
        inTransaction(db, scope, (tx) => tx.selectFrom('program').select('id').orderBy('id').execute());
      expect(await seen({ programs: ['2'] })).toEqual([{ id: '2' }]);
      expect(await seen({ programs: [] })).toEqual([]);
      expect(await seen('intake')).toEqual([{ id: '1' }, { id: '2' }]);
      await db.close();
    } finally {
      await drop();
      await asSuperuser(url.replace(/\/[^/]*$/, '/postgres'), 'drop role if exists hosted');
    }
  });
});

async function asSuperuser(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

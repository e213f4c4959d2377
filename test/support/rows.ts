import type { TestDatabase } from './database.js';

/** Rows that other things stand on, one function a thing, each with overrides. They bypass row-level security. */
let made = 0;

export async function aProgram(
  db: TestDatabase,
  { name = 'Beans & Co', zone = 'Europe/Berlin', moneyCode = 'EUR', moneyExponent = 2 } = {},
): Promise<string> {
  const [row] = await db.sql<{ id: string }>(
    'insert into program (name, zone, money_code, money_exponent) values ($1, $2, $3, $4) returning id',
    [name, zone, moneyCode, moneyExponent],
  );
  return row!.id;
}

export async function aStore(
  db: TestDatabase,
  program: string,
  { platform = 'shopify', key = `shop-${++made}.myshopify.com`, url = '', status = 'active', settings = {} } = {},
): Promise<string> {
  const [row] = await db.sql<{ id: string }>(
    `insert into store (program_id, platform, key, url, status, money_code, money_exponent, zone, settings)
     select $1, $2, $3, $4, $5, money_code, money_exponent, zone, $6 from program where id = $1 returning id`,
    [program, platform, key, url || `https://${key}`, status, settings],
  );
  return row!.id;
}

export async function aMember(
  db: TestDatabase,
  program: string,
  { joinedAt = 0, referralCode = `R${++made}`, mailbox = null as string | null } = {},
): Promise<string> {
  const [row] = await db.sql<{ id: string }>(
    'insert into member (program_id, joined_at, referral_code, mailbox) values ($1, $2, $3, $4) returning id',
    [program, new Date(joinedAt), referralCode, mailbox],
  );
  return row!.id;
}

/** Many at once, for crowds. */
export async function someMembers(db: TestDatabase, program: string, count: number): Promise<string[]> {
  const rows = await db.sql<{ id: string }>(
    "insert into member (program_id, joined_at, referral_code) select $1, '1970-01-01', $2 || n from generate_series(1, $3) n returning id",
    [program, `C${++made}-`, count],
  );
  return rows.map((row) => row.id);
}

/** The link by which a customer of a store is a member. */
export async function aLink(
  db: TestDatabase,
  {
    program,
    store,
    customer,
    member,
    at = 0,
  }: { program: string; store: string; customer: string; member: string; at?: number },
): Promise<void> {
  await db.sql(
    'insert into customer_link (program_id, store_id, customer, member_id, linked_at) values ($1, $2, $3, $4, $5)',
    [program, store, customer, member, new Date(at)],
  );
}

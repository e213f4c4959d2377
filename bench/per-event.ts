import { createServer } from 'node:http';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Generated, Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { isSigned } from '../webhooks/hmac.js';
import { readRawBody } from '../webhooks/raw-body.js';
import { PEOPLE, SECRET } from './population.js';

/**
 * The usual way to build it: each webhook is one INSERT and one job, each job one transaction of several statements. It
 * does far less than the product (one rate instead of rules, no decision, no sealing), so what is gained over it is a floor.
 */
export const PER_EVENT_TABLES = `
create schema if not exists event;
create table event.inbox (id bigint generated always as identity primary key, shop text not null, webhook_id text not null, payload bytea not null,
  received_at timestamptz not null default now(), status smallint not null default 0, unique (shop, webhook_id)) with (fillfactor = 90);
create index on event.inbox (id) where status = 0;
create table event.member (id bigint primary key, customer bigint not null unique);
create table event.balance (member_id bigint primary key, balance bigint not null default 0, version bigint not null default 0) with (fillfactor = 80);
create table event.transfer (id bigint generated always as identity primary key, member_id bigint not null, inbox_id bigint not null unique,
  points bigint not null, at timestamptz not null default now());
create table event.entry (id bigint generated always as identity primary key, transfer_id bigint not null, account_id bigint not null, points bigint not null);
create index on event.entry (account_id, id);
create table event.lot (id bigint generated always as identity primary key, member_id bigint not null, points bigint not null, remaining bigint not null,
  ends_at timestamptz not null);
create index on event.lot (member_id, ends_at, id) where remaining > 0;
insert into event.member select g, 700000000 + g from generate_series(1, ${PEOPLE}) g;
insert into event.balance (member_id) select id from event.member;`;

interface Tables {
  'event.inbox': { id: Generated<string>; webhook_id: string; payload: Buffer; status: number };
  'event.member': { id: string; customer: string };
  'event.balance': { member_id: string; balance: string; version: string };
  'event.transfer': { id: Generated<string>; member_id: string; inbox_id: string; points: string };
  'event.entry': { transfer_id: string; account_id: string; points: string };
  'event.lot': { member_id: string; points: string; remaining: string; ends_at: Date };
}

export const INSERT_EVENT = `insert into event.inbox (shop, webhook_id, payload) values ($1, $2, $3)
  on conflict (shop, webhook_id) do nothing returning id`;

/** A server that does with a genuine body what `keep` says. Null = signature only. */
export function eventServer(keep: ((shop: string, key: string, body: Buffer) => Promise<void>) | null) {
  return createServer((request, response) => {
    void readRawBody(request, 10_000).then(async (body) => {
      const { headers } = request;
      const header = (name: string) => String(headers[`x-shopify-${name}`] ?? '');
      const genuine = body.kind === 'whole' && isSigned(body.bytes, header('hmac-sha256'), 'base64', [SECRET]);
      if (genuine) await keep?.(header('shop-domain'), header('webhook-id'), body.bytes);
      response.writeHead(genuine ? 200 : 401, { 'content-length': 0 }).end();
    });
  });
}

/** One INSERT per request; with a queue, one job as well. */
export function insertEach(
  url: string,
  queue: Queue | null,
): (shop: string, key: string, body: Buffer) => Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  return async (shop, key, body) => {
    const { rows } = await pool.query<{ id: string }>({ name: 'keep', text: INSERT_EVENT, values: [shop, key, body] });
    if (rows[0]) await queue?.add('event', { inbox: rows[0].id });
  };
}

const QUEUE = 'event';

export function eventQueue(redisUrl: string, prefix: string): Queue {
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  return new Queue(QUEUE, {
    connection: new Redis(redisUrl, { maxRetriesPerRequest: null }),
    prefix,
    defaultJobOptions,
  });
}

/** Sixteen at once, each one transaction; tells of each delivery when it is committed. */
export function eventWorker(url: string, redisUrl: string, prefix: string, onCommit: (key: string) => void): Worker {
  const pool = new pg.Pool({ connectionString: url, max: 16 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const work = async ({ data }: { data: { inbox: string } }) => {
    const key = await postOne(db, data.inbox);
    if (key !== null) onCommit(key);
  };
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  return new Worker(QUEUE, work, { connection, prefix, concurrency: 16 });
}

function postOne(db: Kysely<Tables>, id: string): Promise<string | null> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('event.inbox')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.status !== 0) return null;
    const order = JSON.parse(row.payload.toString()) as { customer: { id: number }; total_price: string };
    const points = String(Math.floor(Number(order.total_price)));
    const customer = String(order.customer.id);
    const member = await tx
      .selectFrom('event.member')
      .select('id')
      .where('customer', '=', customer)
      .executeTakeFirstOrThrow();
    await tx
      .selectFrom('event.balance')
      .selectAll()
      .where('member_id', '=', member.id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const transfer = await tx
      .insertInto('event.transfer')
      .values({ member_id: member.id, inbox_id: id, points })
      .returning('id')
      .executeTakeFirstOrThrow();
    const entry = (account_id: string, value: string) => ({ transfer_id: transfer.id, account_id, points: value });
    await tx
      .insertInto('event.entry')
      .values([entry(member.id, points), entry('0', `-${points}`)])
      .execute();
    const ends_at = new Date(Date.now() + 365 * 24 * 3_600_000);
    await tx.insertInto('event.lot').values({ member_id: member.id, points, remaining: points, ends_at }).execute();
    await tx
      .updateTable('event.balance')
      .set({ balance: sql`balance + ${points}`, version: sql`version + 1` })
      .where('member_id', '=', member.id)
      .execute();
    await tx.updateTable('event.inbox').set({ status: 1 }).where('id', '=', id).execute();
    return row.webhook_id;
  });
}

export const PER_EVENT_LAWS = `
select (select count(*) from event.inbox where status = 1) as done, (select count(*) from event.transfer) as transfers,
  (select count(*) from event.balance b left join (select account_id, sum(points) as points from event.entry group by 1) e on e.account_id = b.member_id
   where b.balance <> coalesce(e.points, 0)) as wrong`;

import { createHash } from 'node:crypto';
import { openDatabase } from '../src/db/database.js';
import { inboxWriter } from '../webhooks/inbox.js';
import { sealBody } from '../webhooks/sealed-body.js';
import { orderBody } from './order-body.js';
import { INSERT_EVENT } from './per-event.js';
import { KEYS, PEOPLE, programOf, SHARDS, SHOPS, shopOf } from './population.js';
import type { BenchDatabase } from './postgres.js';

const ROWS = 64;

/** What the receiver would have left behind for so many orders while no worker was there: sealed bodies, one version each. */
export async function fillInbox(database: BenchDatabase, orders: number): Promise<void> {
  const db = await openDatabase(database.url, { role: 'intake', max: 1 });
  const write = inboxWriter(db);
  const at = new Date();
  for (let first = 0; first < orders; first += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, orders - first) }, (_, i) => {
      const member = 1 + Math.floor(Math.random() * PEOPLE);
      const body = orderBody({ id: 1_000_000 + first + i, member, at: at.toISOString() });
      const store = String(programOf(member, SHOPS));
      const hash = createHash('sha256').update(body).digest();
      const sealed = sealBody(body, store, hash, KEYS);
      return {
        ...{
          program: store,
          store,
          shard: Number(store) % SHARDS,
          topic: 'orders/paid',
          key: `fill-${first + i}`,
          subject: null,
        },
        ...{ hash, body: sealed, triggered: at.getTime(), sharedSecret: true },
      };
    });
    await write(rows);
  }
  await db.close();
}

/** The same for the one who keeps the plain body and makes a job of each. Gives the ids. */
export async function fillEvents(database: BenchDatabase, orders: number): Promise<string[]> {
  const ids: string[] = [];
  const at = new Date().toISOString();
  for (let i = 0; i < orders; i++) {
    const member = 1 + Math.floor(Math.random() * PEOPLE);
    const body = orderBody({ id: 1_000_000 + i, member, at });
    const rows = await database.sql<{ id: string }>(INSERT_EVENT, [
      shopOf(programOf(member, SHOPS)),
      `fill-${i}`,
      body,
    ]);
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

import { EventEmitter, once } from 'node:events';
import type { Database } from '../../src/db/database.js';

/** A worker's way to the database that stands still before a transaction of its own, as that of a paused or cut-off process does. */
export interface SlowDatabase {
  db: Database;
  /** The worker has come to that transaction, and waits. */
  waits: Promise<void>;
  /** It goes on as if nothing had been. */
  goOn(): void;
  /** It learns that its connection is lost; the next ones work. */
  fail(): void;
}

/** `before` = the transaction that waits, counted from 1; `at` hears of each as it begins. */
export function slowDatabase(db: Database, before: number, at: (nth: number) => void = () => undefined): SlowDatabase {
  let nth = 0;
  const has = new EventEmitter();
  const [waits, opened] = [once(has, 'come').then(() => undefined), once(has, 'opened')];
  const connect = async () => {
    const mine = ++nth;
    at(mine);
    if (mine === before) {
      has.emit('come');
      const [lost] = (await opened) as [Error?];
      if (lost) throw lost;
    }
    return db.pool.connect();
  };
  const pool = new Proxy(db.pool, {
    get: (target, name) => (name === 'connect' ? connect : (Reflect.get(target, name, target) as unknown)),
  });
  return {
    db: { ...db, pool },
    waits,
    goOn: () => void has.emit('opened'),
    fail: () => void has.emit('opened', new Error('the connection is lost')),
  };
}

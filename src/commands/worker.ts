import { startSweep } from '../../webhooks/sweep.js';
import { type Foundation, lay } from '../foundation.js';
import { inTransaction } from '../db/database.js';
import { guardClock } from '../queue/clock-guard.js';
import { answer } from '../queue/doorbell.js';
import { keepSchedules } from '../queue/schedules.js';
import type { Product } from '../product.js';
import { makeProduct } from '../wire.js';
import { type Command, databaseOf } from './command.js';

/** Does the work: deliveries, effects, sweeps, schedules. Listens on nothing. */
export const command: Command = async ({ config, log, releasers }) => {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const foundation = await lay({ config, log, releasers, databaseUrl: databaseOf(config), publicUrl });
  await labour(foundation, makeProduct(foundation));
  log.info({ shards: config.shards, queue: foundation.queue.kind }, 'worker is ready');
  return 'stays';
};

/** Starts everything that works in the background, and ends it, with the work under way done, when the process leaves. */
export async function labour(foundation: Foundation, product: Product): Promise<void> {
  const { config, log, releasers, bells, queue } = foundation;
  const concurrency = config.workerConcurrency;
  const working = [
    answer(queue, 'deliveries', product.work.deliveries, { concurrency, log }),
    answer(queue, 'effects', product.work.effects, { concurrency, log }),
    await keepSchedules(queue, product.schedules, log, {
      also: async () =>
        void (await Promise.all([bells.deliveries.heal(config.shards), bells.effects.heal(config.shards)])),
    }),
  ];
  releasers.add('work', async () => void (await Promise.all(working.map((one) => one.close()))));
  const sweep = startSweep({
    db: foundation.databases.intake,
    clock: foundation.clock,
    shards: await shardsInUse(foundation),
    ring: (table, shards) => bells[table === 'inbox' ? 'deliveries' : 'effects'].ring(shards),
    onError: (error) => log.warn({ err: error }, 'a sweep failed; the next one is a second away'),
  });
  releasers.add('sweep', () => sweep.stop());
  const guard = guardClock(
    foundation.databaseTime,
    {
      drifted: async () => void (await Promise.all(working.map((one) => one.pause()))),
      restored: () => working.forEach((one) => one.resume()),
    },
    log,
  );
  releasers.add('clock guard', () => guard.close());
}

/** Rows keep the shard of their arrival: with fewer SHARDS than before, the old ones are still swept. */
async function shardsInUse({ config, databases }: Foundation): Promise<number> {
  const [row] = await inTransaction(databases.intake, 'intake', (tx) =>
    tx.prepared<{ most: number | null }>(
      'highest_waiting_shard',
      'select greatest((select max(shard) from inbox where status = 0), (select max(shard) from outbox where status = 0)) as most',
      [],
    ),
  );
  return Math.max(config.shards, (row?.most ?? 0) + 1);
}

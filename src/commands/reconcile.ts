import { inTransaction } from '../db/database.js';
import { lay } from '../foundation.js';
import { AppError } from '../lib/errors.js';
import { makeProduct } from '../wire.js';
import { type Command, databaseOf } from './command.js';

/** Compares orders with the platform now: of one store (`reconcile 17`), or of all that are connected. */
export const command: Command = async ({ config, args, log, releasers, say }) => {
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const foundation = await lay({ config, log, releasers, databaseUrl: databaseOf(config), publicUrl });
  const { reconcile } = makeProduct(foundation);
  const stores = await inTransaction(foundation.databases.intake, 'intake', (tx) =>
    tx.prepared<{ program: string; store: string; url: string }>(
      'commands_stores',
      "select program_id as program, id as store, url from store where status = 'active' and ($1::bigint is null or id = $1) order by id",
      [args[0] ?? null],
    ),
  );
  if (args[0] !== undefined && stores.length === 0)
    throw new AppError('no_such_store', 404, `There is no connected store ${args[0]}.`);
  let failed = false;
  for (const { url, ...store } of stores) {
    try {
      const { seen, healed, blocked } = await reconcile(store);
      say(`store ${store.store} (${url}): ${seen} orders seen, ${healed} healed`);
      for (const { reward, why } of blocked) say(`  reward ${reward} is not offered there: ${why}`);
    } catch (error) {
      failed = true;
      say(`store ${store.store} (${url}): FAILED, ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return failed ? 'failed' : 'done';
};

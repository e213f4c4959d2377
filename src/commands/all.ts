import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { layTime, setTime } from '../../demo/database-time.js';
import { DemoClock } from '../../demo/demo-clock.js';
import type { Config } from '../config.js';
import { startEmbedded } from '../db/embedded.js';
import { lay } from '../foundation.js';
import { type Door, openDoor } from '../http/door.js';
import { AppError } from '../lib/errors.js';
import { recordPaths } from '../lib/path-recorder.js';
import { makeProduct } from '../wire.js';
import type { Command, Invocation } from './command.js';
import { DEMO_DOMAIN, demoConfig, startDemo } from './demo.js';
import { migrateAll } from './migrate.js';
import { serve } from './web.js';
import { labour } from './worker.js';

/**
 * Everything in one process. With a DATABASE_URL: the service alone. Without: a Postgres of its own in the data folder,
 * and the demo's two shops beside it, all on loopback. `--reset` begins anew.
 */
export const command: Command = async (invocation) => {
  const { args, say } = invocation;
  const embedded = invocation.config.databaseUrl === null;
  const config = embedded ? demoConfig(invocation.config) : invocation.config;
  if (args.includes('--reset')) await reset(config, say);
  const databaseUrl = config.databaseUrl ?? (await startDatabase(invocation));
  await migrateAll(databaseUrl, config.redisUrl === null, say);
  const door = await openFirstFree(config, embedded, say);
  const { log, releasers } = invocation;
  const publicUrl = config.publicUrl ?? door.url;
  releasers.add('door', () => door.close());
  const clock = new DemoClock(join(config.dataDir, 'stores', 'clock.json'));
  if (embedded) await layTime(databaseUrl, clock.aheadMs);
  let shopifyAt: string | null = null;
  const demo = {
    paths: recordPaths(),
    clock,
    shopifyStandIn: (domain: string) => (domain === DEMO_DOMAIN ? shopifyAt : null),
  };
  const foundation = await lay({ config, log, releasers, databaseUrl, publicUrl, ...(embedded ? demo : {}) });
  const product = makeProduct(foundation);
  serve(door, foundation, product, { demo: embedded });
  await labour(foundation, product);
  releasers.add('door', () => door.close());
  say(`the service answers at ${door.url}`);
  if (embedded) {
    const passDays = async (days: number) => {
      clock.passDays(days);
      await setTime(databaseUrl, clock.aheadMs);
    };
    const shopifyIsAt = (url: string) => (shopifyAt = url);
    await startDemo(foundation, product, { say, door: door.url, clock, passDays, shopifyIsAt });
  }
  return 'stays';
};

async function reset(config: Config, say: (line: string) => void): Promise<void> {
  if (config.databaseUrl !== null)
    throw new AppError(
      'reset_refused',
      500,
      '--reset is for the demo alone: it does not touch the database of DATABASE_URL.',
    );
  for (const part of DEMO_PARTS) await rm(join(config.dataDir, part), { recursive: true, force: true });
  say('the demo begins anew');
}

/** What the demo keeps in the data folder. */
const DEMO_PARTS = ['postgres', 'stores', 'tallymark.log'];

async function startDatabase({ config, releasers, say }: Invocation): Promise<string> {
  const server = await startEmbedded({ folder: join(config.dataDir, 'postgres'), progress: say });
  releasers.add('Postgres', () => server.stop());
  return server.url;
}

/** Whoever tries it may have something on 3000 already; who configured a database gets the port asked for or an error. */
async function openFirstFree(config: Config, embedded: boolean, say: (line: string) => void): Promise<Door> {
  try {
    return await openDoor(config.host, config.port);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    if (!embedded)
      throw new AppError('port_taken', 500, `Port ${config.port} of ${config.host} is taken: set PORT to another one.`);
    say(`port ${config.port} is taken: using a free one`);
    return openDoor(config.host, 0);
  }
}

// How long it takes to count the levels of all members: node --import tsx bench/count-levels.ts [members]
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../src/db/database.js';
import { countLevels } from '../src/loyalty/count-levels.js';
import { fillDesk, NOW } from './fill-desk.js';
import { makeDatabase, startServers } from './postgres.js';

const LEVELS = {
  tiers: {
    basis: 'spend',
    window: { kind: 'rolling', days: 365 },
    levels: [{ id: 'plain' }, { id: 'silver', enter: 1_500 }, { id: 'gold', enter: 40_000 }],
  },
};

const [members = 200_000] = process.argv.slice(2).map(Number);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const servers = await startServers(say);
try {
  const database = await makeDatabase(servers.postgresUrl, 'free');
  await fillDesk(database, members, say);
  await database.sql(
    `insert into rule_set (program_id, version, in_force_from, rules)
     select program_id, version + 1, in_force_from + interval '1 second', rules || $1 from rule_set where program_id = 1`,
    [JSON.stringify(LEVELS)],
  );
  // the desk's list shows these, but they are not as a replay reads them
  await database.sql("delete from activity where program_id = 1 and kind = 'send'");
  const db = await openDatabase(database.url, { role: 'app', max: 1 });
  // the second time nobody has moved: what a usual day costs
  for (const which of ['first', 'second']) {
    const began = performance.now();
    const counted = await countLevels(db, '1', Date.parse(NOW));
    say(`levels of ${counted} members, the ${which} time: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  await db.close();
  await database.close();
} finally {
  await servers.stop();
}

import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.js';
import { CannotPlay, openStage } from './stage.js';

const HOW = `npm run test:store -- --url https://shop.example --key ck_... --secret cs_...

Plays orders, refunds, cancellations, reviews, redemptions and the block checkout in a WooCommerce store of yours, with a
service and a database that live as long as the run, and removes all that it made. The store sends its usual e-mails to
addresses at example.com, and to its owner for each new order. Use a staging store, or one whose orders may be looked at.`;

const { values } = parseArgs({
  options: { url: { type: 'string' }, key: { type: 'string' }, secret: { type: 'string' }, only: { type: 'string' } },
});
const { url, key, secret, only = '' } = values;
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function play(access: { url: string; consumerKey: string; consumerSecret: string }): Promise<number> {
  let failures = 0;
  let checks = 0;
  const check = (what: string, got: unknown, wanted: unknown) => {
    checks += 1;
    const same = JSON.stringify(got) === JSON.stringify(wanted);
    if (!same) failures += 1;
    say(
      `  ${same ? 'ok  ' : 'FAIL'} ${what}: ${JSON.stringify(got)}${same ? '' : `, expected ${JSON.stringify(wanted)}`}`,
    );
  };
  const stage = await openStage(access, check);
  // an interrupted run leaves nothing either
  process.once('SIGINT', () => void stage.close().then(() => process.exit(130)));
  say(`${access.url}: WooCommerce ${stage.ours.version}, ${stage.ours.money.code}`);
  for (const [name, scenario] of Object.entries(SCENARIOS).filter(([name]) => name.includes(only))) {
    say(name);
    try {
      await scenario(stage);
    } catch (error) {
      if (error instanceof CannotPlay) say(`  left out: ${error.message}`);
      else {
        failures += 1;
        say(`  FAIL ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const stayed = await stage.close();
  for (const one of stayed) say(`could not be removed: ${one}`);
  say(
    `${checks} checks, ${failures} failed; ${stayed.length === 0 ? 'nothing of it is left in the store' : 'see above for what is left'}`,
  );
  return failures + stayed.length;
}

if (!url || !key || !secret) {
  say(HOW);
  process.exit(2);
}
process.exit((await play({ url, consumerKey: key, consumerSecret: secret })) === 0 ? 0 : 1);

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { command as stickers } from '../../src/commands/stickers.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { runCommand } from '../support/run-command.js';
import { PLAIN_RULES } from '../support/service.js';
import { type World, type Worlds, aCart, worldsOn } from '../support/world.js';

/** B8: stickers from the command line and over HTTP: the same books. */
const db = testDatabase();
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
  worlds.service.clock.set(Date.now());
  shop = await worlds.make(
    programRules.parse({
      ...PLAIN_RULES,
      units: { ...PLAIN_RULES.units, sticker: { value: '20' } },
      stickers: { unit: 'sticker' },
      rewards: [{ id: 'three', unit: 'sticker', kind: 'amount-off', points: 3, off: 500 }],
    }),
  );
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});

const run = (...args: string[]) => runCommand(stickers, args, db.url);

test('B8: codes are printed once, one a line, and are worth what the books say, here and over HTTP', async () => {
  const { said } = await run('print', shop.program, 'spring', '4');
  expect(said).toHaveLength(4);
  for (const code of said) expect(code).toMatch(/^S-[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}$/);
  await expect(run('print', shop.program, 'spring', '4')).rejects.toMatchObject({ code: 'batch_known' });
  await expect(run('print', shop.program, 'spring', 'many')).rejects.toMatchObject({ code: 'usage' });
  const ask = async (method: string, path: string, sent?: unknown) => {
    const { status, body } = await owner.ask(shop.program, method, path, sent);
    return [status, body];
  };
  const [status, made] = await ask('POST', '/stickers/batches', { id: 'till', stickers: 2 });
  expect([status, (made as { codes: string[] }).codes.length]).toEqual([200, 2]);
  expect((await ask('POST', '/stickers/batches', { id: 'till', stickers: 2 }))[0]).toBe(409);
  expect(await ask('GET', '/stickers')).toEqual([
    200,
    {
      stickers: [
        {
          ...{ unit: 'sticker', issued: '6', open: '6', held: '0', redeemed: '0', expired: '0', nextEnd: null },
          worth: { minor: '120', currency: 'EUR', exponent: 2 },
        },
      ],
    },
  ]);
  expect(await ask('POST', '/stickers/batches/till/void')).toEqual([200, { standing: 0 }]);
  expect((await ask('POST', '/stickers/batches/nothing/void'))[0]).toBe(404);
  expect((await run('list', shop.program)).said).toEqual(['sticker: 4 issued, 4 open, 0 held, 0 redeemed, 0 expired']);
  // codes of the command are of its own keys, and are taken by the service all the same
  const guest = { shop: shop.store.key, customer: null };
  const wish = { reward: 'three', codes: said.slice(0, 3), cart: aCart(4_000) };
  expect((await worlds.storefront.redeemStickers(guest, wish, 'three-of-spring')).ok?.codeState).toBe('live');
  expect((await run('void', shop.program, 'spring')).said).toEqual(['3 were used before']);
  await shop.isSound();
});

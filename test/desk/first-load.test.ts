import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { buildDesk, DESK_LIMIT } from '../../scripts/build-desk.mjs';

/** G: whichever place one comes to first, its script is small; a place's own parts come when it is opened. */
test('the first load of every place stays within 250 kB of script, gzipped', async () => {
  const out = await mkdtemp(join(tmpdir(), 'tallymark-desk-'));
  const { first } = await buildDesk(out).finally(() => rm(out, { recursive: true, force: true }));
  expect(DESK_LIMIT).toBe(250_000);
  // signing in is in the beginning itself
  const places = (await readdir('admin-ui/places')).filter((name) => name !== 'sign-in');
  expect([...first.keys()].sort()).toEqual(places.sort());
  expect([...first].filter(([, bytes]) => bytes > DESK_LIMIT)).toEqual([]);
  // what one place loads, another does not
  expect(first.get('home')).toBeLessThan((first.get('promotions') ?? 0) - 20_000);
});

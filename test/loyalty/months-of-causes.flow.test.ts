import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { HOUR, type World, type Worlds, anOrder, inWorld, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let owner: OwnerClient;
let next = 95_000;

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});

const rulesIn = (zone: string) =>
  programRules.parse({
    zone,
    money: { code: 'EUR', exponent: 2 },
    units: { given: { value: '0', finalOn: 5 } },
    earning: [{ id: 'all', unit: 'given', kind: 'rate', points: 1, per: 1 }],
    roundUp: { product: '777', to: 100, causes: [{ id: 'food', product: '777', unit: 'given' }] },
  });

async function owedFor(town: World, month: string): Promise<number> {
  const { status, body } = await owner.ask<{ causes: { owed: { minor: string } }[] }>(
    town.program,
    'GET',
    `/causes/months?locale=en&month=${month}`,
  );
  expect(status).toBe(200);
  return body.causes.reduce((sum, { owed }) => sum + Number(owed.minor), 0);
}

const BEGINS = Date.parse('2027-10-31T12:00:00Z');
/** Orders of 1, 2, 4, ... cents, one every three hours from then on: until midnight of both zones is over. */
const GIVEN = [1, 2, 4, 8, 16];

// midnight is 15:00Z in Tokyo, 23:00Z in Amsterdam: the orders of 12, 15, 18, 21 and 24 hours
it.each([
  ['Asia/Tokyo', 'Europe/Amsterdam', '2027-11-15T12:00:00Z', 1],
  ['Europe/Amsterdam', 'Asia/Tokyo', '2027-11-15T12:00:00Z', 1 + 2 + 4 + 8],
  ['Asia/Tokyo', 'Europe/Amsterdam', '2027-10-31T16:30:00Z', 1],
  ['Asia/Tokyo', 'Europe/Amsterdam', '2027-10-31T14:30:00Z', 1 + 2 + 4 + 8],
  ['Europe/Amsterdam', 'Asia/Tokyo', '2027-10-31T16:30:00Z', 1 + 2],
])(
  'D7, D8: from %s to %s at %s, what was given at the end of a month is owed for one month',
  async (before, after, from, october) => {
    worlds.service.clock.set(BEGINS - 24 * HOUR);
    const town = await worlds.make(rulesIn(before));
    await town.joins('1');
    await inWorld(db, town, (tx) =>
      publishRules(tx, town.program, rulesIn(after), Date.parse(from), worlds.service.clock.now()),
    );
    for (const [i, cents] of GIVEN.entries()) {
      const at = BEGINS + 3 * i * HOUR;
      worlds.service.clock.set(at);
      await town.has(anOrder({ id: `${++next}`, customer: '1', cents, placed: at, at }));
    }
    worlds.service.clock.set(Date.parse('2027-12-10T12:00:00Z'));
    const owed = [];
    for (const month of ['2027-09', '2027-10', '2027-11', '2027-12']) owed.push(await owedFor(town, month));
    expect(owed).toEqual([0, october, 31 - october, 0]);
  },
);

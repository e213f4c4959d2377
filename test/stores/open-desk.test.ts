import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ShopUser } from '../../demo/stores/woocommerce/rest.js';
import { startWooStore, type WooStore } from '../../demo/stores/woocommerce/start.js';
import { inTransaction } from '../../src/db/database.js';
import { systemClock } from '../../src/lib/clock.js';
import { connectWooCommerce } from '../../src/stores/connect-woocommerce.js';
import { proofOfMove, proofOfVisit } from '../../src/stores/plugin-proofs.js';
import { addStaff, listStaff, removeStaff } from '../../src/staff/people.js';
import { enter, proveSession } from '../../src/staff/sign-in.js';
import { testDatabase } from '../support/database.js';

const db = testDatabase();
const ring = [{ id: 'k1', key: randomBytes(32) }];
const connected: { id: string; program: string }[] = [];
const verbs = () =>
  connectWooCommerce({
    db: db.app,
    clock: systemClock,
    keys: ring,
    guard: { allowPrivate: true },
    publicUrl: 'https://points.example.test',
    connected: async (store) => void connected.push(store),
  });
const MARTA: ShopUser = { user: '1', name: 'Marta', email: 'Marta@Shop.example', language: 'nl_NL' };
const BO: ShopUser = { user: '8', name: 'Bo', email: 'bo@shop.example', language: 'nb_NO' };

const token = () => randomBytes(24).toString('base64url');
const within = <T>(program: string, fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(db.app, { programs: [program] }, fn);
const staffOf = async (program: string) =>
  (await within(program, (tx) => listStaff(tx, program))).map(({ name, role, email, locale }) => ({
    ...{ name, role, email, locale },
  }));

type Connection = Awaited<ReturnType<ReturnType<typeof verbs>['fromPlugin']>> & { program: string; shop: WooStore };

async function connect(shop: WooStore, person: ShopUser | undefined = MARTA): Promise<Connection> {
  const attempt = token();
  shop.connecting(attempt, person);
  const [{ key = '', secret = '' } = {}] = shop.keys;
  const given = await verbs().fromPlugin({
    ...{ url: shop.url, token: attempt, awardHistory: false, now: Date.now() },
    keys: { consumerKey: key, consumerSecret: secret },
  });
  return { ...given, program: connected.at(-1)?.program ?? '', shop };
}

/** As the plugin does it; `more` is what somebody else would do. */
async function visit(at: Connection, person: ShopUser | null, more: { token?: string; secret?: string } = {}) {
  const own = more.token ?? token();
  if (person) at.shop.sendToDesk(own, person);
  const proof = proofOfVisit(more.secret ?? at.webhookSecret, at.store, own);
  return verbs().openDesk({ store: at.store, token: own, proof, now: Date.now() });
}
const entered = async (program: string, link: string, now = Date.now()) => {
  const { session, endsAt } = await enter(db.app, link, now);
  return { endsAt, person: await within(program, (tx) => proveSession(tx, program, session, now)) };
};
const UNPROVED = { code: 'desk_unproved', status: 403 };

let shop: WooStore;
beforeEach(async () => void (shop = await startWooStore()));
afterEach(() => shop.close());

describe('A2 G from the admin of the shop to the desk', () => {
  test('who connects the shop is the owner of its program, and opens the desk without typing anything', async () => {
    const at = await connect(shop);
    const owner = { name: 'Marta', role: 'owner', email: 'marta@shop.example', locale: 'nl_NL' };
    expect(await staffOf(at.program)).toEqual([owner]);
    const { link } = await visit(at, MARTA);
    expect((await entered(at.program, link)).person).toMatchObject(owner);
    await connect(shop);
    expect(await staffOf(at.program)).toEqual([owner]);
  });

  test('a link is good once and for a minute', async () => {
    const at = await connect(shop);
    const [used, old] = [await visit(at, MARTA), await visit(at, MARTA)];
    await entered(at.program, used.link);
    await expect(entered(at.program, used.link)).rejects.toMatchObject({ code: 'link_spent' });
    await expect(entered(at.program, old.link, Date.now() + 61_000)).rejects.toMatchObject({ code: 'link_spent' });
  });

  test('those after come as admins, for half a day, and leave no mailbox that would let them in without the shop', async () => {
    const at = await connect(shop);
    const { person, endsAt } = await entered(at.program, (await visit(at, BO)).link);
    expect(person).toMatchObject({ name: 'Bo', role: 'admin', email: null });
    expect(endsAt - Date.now()).toBeLessThanOrEqual(12 * 3_600_000);
  });

  test('a mailbox that somebody typed into a profile makes them nobody else', async () => {
    const at = await connect(shop, undefined);
    const piet = { email: 'piet@shop.example', name: 'Piet', role: 'owner', locale: 'nl' } as const;
    const { id } = await within(at.program, (tx) => addStaff(tx, at.program, piet, 'test'));
    const { person } = await entered(at.program, (await visit(at, { ...BO, email: 'Piet@shop.example' })).link);
    expect(person?.id).not.toBe(id);
    expect(person).toMatchObject({ name: 'Bo', role: 'admin', email: null });
  });

  test('who was taken off the list is told so, also with a link in hand', async () => {
    const at = await connect(shop);
    const { link } = await visit(at, BO);
    const bo = (await within(at.program, (tx) => listStaff(tx, at.program))).find(({ name }) => name === 'Bo');
    await within(at.program, (tx) => removeStaff(tx, at.program, bo?.id ?? '', Date.now(), 'test'));
    await expect(entered(at.program, link)).rejects.toMatchObject({ code: 'link_spent' });
    await expect(visit(at, BO)).rejects.toMatchObject({ code: 'not_at_desk', status: 403 });
  });
});

describe('T12 nobody else comes in', () => {
  test('a visit is vouched for once: what was overheard opens nothing again', async () => {
    const at = await connect(shop);
    const own = token();
    await visit(at, MARTA, { token: own });
    await expect(visit(at, null, { token: own })).rejects.toMatchObject(UNPROVED);
  });

  test('whom the shop does not vouch for: a manager without the right, a visit that was never begun', async () => {
    const at = await connect(shop);
    await expect(visit(at, null)).rejects.toMatchObject(UNPROVED);
  });

  test('the secret of another store, another purpose, no secret at all; and the shop is not even asked', async () => {
    const at = await connect(shop);
    const other = await startWooStore();
    const theirs = await connect(other);
    const own = token();
    at.shop.sendToDesk(own, MARTA);
    for (const secret of [theirs.webhookSecret, at.shopperSecret, 'guessed'])
      await expect(visit(at, null, { token: own, secret })).rejects.toMatchObject(UNPROVED);
    const proof = proofOfMove(at.webhookSecret, at.store, own);
    const asked = { store: at.store, token: own, proof, now: Date.now() };
    await expect(verbs().openDesk(asked)).rejects.toMatchObject(UNPROVED);
    await expect(verbs().openDesk({ ...asked, store: token() })).rejects.toMatchObject(UNPROVED);
    // it is still there: nobody used it up
    await expect(visit(at, null, { token: own })).resolves.toHaveProperty('link');
    await other.close();
  });

  test('a copy of the site, which has the secret and whose users are others', async () => {
    const at = await connect(shop);
    const copy = await startWooStore({ keys: shop.keys, storeId: shop.storeId });
    await expect(visit({ ...at, shop: copy }, BO)).rejects.toMatchObject(UNPROVED);
    await copy.close();
  });

  test('user 1 of another shop of the same program is not user 1 of this one', async () => {
    const at = await connect(shop);
    const { link } = await visit(at, MARTA);
    const { person } = await entered(at.program, link);
    const [row] = await db.sql<{ user: string }>(
      'select platform_user as user from staff where program_id = $1 and id = $2',
      [at.program, person?.id],
    );
    expect(row?.user).toBe(`${at.store}/1`);
  });
});

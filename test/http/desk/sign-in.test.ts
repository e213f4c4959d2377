import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { makeDeskVerbs, staffProof } from '../../../src/http/desk/make-verbs.js';
import { sessionRoutes } from '../../../src/http/desk/session-routes.js';
import type { DeskVerbs } from '../../../src/http/desk/verbs.js';
import { LIMITS, makeLimiter } from '../../../src/http/limits.js';
import { createLogger } from '../../../src/lib/logger.js';
import type { Mail } from '../../../src/lib/mail.js';
import { mailDomainLookup } from '../../../src/lib/mail-domain.js';
import { addStaff, changeStaff, listStaff, removeStaff } from '../../../src/staff/people.js';
import type { Role } from '../../../src/staff/roles.js';
import { fakeDns, type FakeDns } from '../../support/fake-dns.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';
import { aDevice, type DeviceWish } from './a-device.js';
import { aGate, bearer, findStore, merchantToken, serving, type Serving, SHOP } from '../serving.js';

/** G: how people come to the desk: by a link in a mail, once, or from the shop's own admin. No password anywhere. */
const stage = ledgerStage();
const mails: Mail[] = [];
let program: string;
let other: string;
let served: Serving;
/** The same, reached by https. */
let secured: Serving;
let dns: FakeDns;
/** What was answered and went on behind it. */
const behind: Promise<void>[] = [];
let now = Date.UTC(2026, 10, 22, 12);

const within = <T>(of: string, fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(stage.db.app, { programs: [of] }, fn);
const add = (of: string, email: string, role: Role) =>
  within(of, (tx) => addStaff(tx, of, { email, role, name: email, locale: 'nl' }, 'test'));

beforeAll(async () => {
  dns = await fakeDns({ 'bean.example': ['v=spf1 mx ~all'] });
  [program, other] = [
    await stage.service.program(LEDGER_RULES, 'Bean Club'),
    await stage.service.program(LEDGER_RULES, 'Knit Club'),
  ];
  await add(program, 'Marta@Shop.example ', 'owner');
  const parts = {
    db: stage.db.app,
    mailer: { send: async (mail: Mail) => void mails.push(mail) },
    publicUrl: 'https://desk.example',
    log: createLogger('silent'),
    mailFrom: 'Bean Club <points@bean.example>',
    lookUpMailDomain: mailDomainLookup({ clock: { now: () => now }, server: null, resolver: () => dns.resolver() }),
    // the same few mailboxes come all the time
    limiter: makeLimiter(null, { ...LIMITS, mailbox: 1e6 }),
    keys: [{ id: 'k1', key: Buffer.alloc(32, 7) }],
  };
  const made = makeDeskVerbs(parts);
  const verbs: DeskVerbs = {
    ...made,
    askForLink(...asked) {
      const going = made.askForLink(...asked);
      behind.push(going);
      return going;
    },
  };
  const ofShop = async (platform: string, key: string) => {
    const store = await findStore(platform, key);
    return store && { ...store, program };
  };
  const gate = aGate(
    { staff: staffProof(stage.db.app, ofShop), clock: { now: () => now } },
    { outside: 1e6, unproved: 1e6, owner: 1e6 },
  );
  served = await serving(sessionRoutes(verbs, false), gate);
  secured = await serving(sessionRoutes(verbs, true), { ...gate, secure: true });
});
afterAll(async () => {
  await served.close();
  await secured.close();
  dns.close();
});

const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(served.url + path, {
    method: 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Answered, and all that went on behind it is done. */
async function askLink(email: string): Promise<Response> {
  const answer = await post('/admin/sign-in', { email });
  await Promise.all(behind);
  return answer;
}
async function linkFor(email: string): Promise<string> {
  const before = mails.length;
  await askLink(email);
  return /\/admin\/enter#(\S+)/.exec(mails[before]?.text ?? '')?.[1] ?? '';
}
async function cookieOf(email: string): Promise<string> {
  const entered = await post('/admin/enter', { link: await linkFor(email) });
  expect(entered.status).toBe(204);
  return (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const me = (headers: Record<string, string>, more: RequestInit = {}) =>
  fetch(`${served.url}/api/v1/me`, { headers, ...more });

describe('G: signing in', () => {
  test('a link by mail, in their language; once; then a session that script cannot read', async () => {
    const link = await linkFor('marta@shop.example');
    expect(mails.at(-1)).toMatchObject({ to: 'marta@shop.example', subject: 'Je link naar Bean Club' });
    const entered = await post('/admin/enter', { link });
    expect(entered.headers.get('set-cookie')).toMatch(
      /^tallymark=\d+\.[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    expect((await post('/admin/enter', { link })).status).toBe(410);
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const answer = await me({ cookie });
    expect(await answer.json()).toMatchObject({
      email: 'marta@shop.example',
      role: 'owner',
      language: 'nl',
      program: { id: program, name: 'Bean Club' },
    });
  });

  test('another mailbox is answered alike, and nothing is sent', async () => {
    const before = mails.length;
    const [known, unknown] = [await askLink('marta@shop.example'), await askLink('nobody@shop.example')];
    expect([unknown.status, await unknown.text()]).toEqual([known.status, await known.text()]);
    expect(mails.slice(before).map(({ to }) => to)).toEqual(['marta@shop.example']);
  });

  test('a link ends after a quarter of an hour, a session a month after its last use', async () => {
    const link = await linkFor('marta@shop.example');
    const cookie = await cookieOf('marta@shop.example');
    now += 15 * 60_000 + 1;
    expect((await post('/admin/enter', { link })).status).toBe(410);
    for (let day = 0; day < 40; day++) {
      now += 24 * 3_600_000 + 1;
      expect((await me({ cookie })).status).toBe(200);
    }
    now += 31 * 24 * 3_600_000;
    expect((await me({ cookie })).status).toBe(401);
  });

  test('T12: reached by https, only the cookie that nobody else of the domain can set opens the desk', async () => {
    const cookie = await cookieOf('marta@shop.example');
    const [, session] = cookie.split('=');
    const known = async (...cookies: string[]) =>
      (await fetch(`${secured.url}/api/v1/me`, { headers: { cookie: cookies.join('; ') } })).status;
    expect(await known(`__Host-tallymark=${session}`)).toBe(200);
    expect(await known(`tallymark=${session}`)).toBe(401);
    expect(await known('tallymark=planted', `__Host-tallymark=${session}`)).toBe(200);
    // nor does it end what is signed out by name
    const left = await fetch(`${secured.url}/admin/leave`, { method: 'POST', headers: { cookie } });
    expect([left.status, await known(`__Host-tallymark=${session}`)]).toEqual([204, 200]);
  });

  test('T12: what changes something must come from the desk’s own page', async () => {
    const cookie = await cookieOf('marta@shop.example');
    const change = (origin: string | null) =>
      me(
        { cookie, 'content-type': 'application/json', ...(origin === null ? {} : { origin }) },
        { method: 'PUT', body: JSON.stringify({ language: 'pl' }) },
      );
    expect((await change('https://evil.example')).status).toBe(403);
    expect((await change(null)).status).toBe(403);
    expect((await change(served.url)).status).toBe(200);
  });

  test('one session opens one program; its text with another program’s number opens nothing', async () => {
    const cookie = await cookieOf('marta@shop.example');
    expect((await me({ cookie: cookie.replace(/=\d+\./, `=${other}.`) })).status).toBe(401);
    expect((await me({ cookie: `${cookie}x` })).status).toBe(401);
  });

  test('who has two desks gets a link to each', async () => {
    await add(program, 'both@shop.example', 'support');
    await add(other, 'both@shop.example', 'till');
    await linkFor('both@shop.example');
    const sent = mails.filter(({ to }) => to === 'both@shop.example').map(({ subject }) => subject);
    expect(sent.sort()).toEqual(['Je link naar Bean Club', 'Je link naar Knit Club']);
  });

  test('signed out, or removed from the staff: the session opens nothing', async () => {
    await add(program, 'tom@shop.example', 'till');
    const [first, second] = [await cookieOf('tom@shop.example'), await cookieOf('tom@shop.example')];
    await post('/admin/leave', undefined, { cookie: first });
    expect([(await me({ cookie: first })).status, (await me({ cookie: second })).status]).toEqual([401, 200]);
    const tom = (await within(program, (tx) => listStaff(tx, program))).find(({ email }) => email?.startsWith('tom'));
    await within(program, (tx) => removeStaff(tx, program, tom?.id ?? '', now, 'test'));
    expect((await me({ cookie: second })).status).toBe(401);
  });

  test('a program keeps an owner', async () => {
    const [marta] = await within(program, (tx) => listStaff(tx, program));
    const id = marta?.id ?? '';
    await expect(within(program, (tx) => removeStaff(tx, program, id, now, 'test'))).rejects.toThrow('needs one owner');
    await expect(within(program, (tx) => changeStaff(tx, program, id, { role: 'till' }, 'test'))).rejects.toThrow(
      'needs one owner',
    );
  });

  test('A1: from Shopify’s admin: whoever comes there is staff, the first of an ownerless program its owner', async () => {
    now = Date.now();
    const token = await merchantToken({ shop: SHOP });
    const answer = await me(bearer(token));
    expect(await answer.json()).toMatchObject({ role: 'admin', by: 'staff', program: { id: program } });
    expect((await me(bearer(await merchantToken({ shop: SHOP, secret: 'wrong' })))).status).toBe(401);
  });
});

/** As a browser asks from the desk’s own page: passkeys are for names, not for bare addresses. */
const here = () => served.url.replace('127.0.0.1', 'localhost');
const ask = (path: string, body?: unknown, cookie = '', method = 'POST', origin = here()) =>
  fetch(here() + path, {
    method,
    headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function withPasskey(email: string) {
  const cookie = await cookieOf(email);
  const device = aDevice(here());
  const asked = (await (await ask('/api/v1/me/passkeys/challenge', undefined, cookie)).json()) as {
    challenge: string;
    person: { id: string };
  };
  const kept = await ask('/api/v1/me/passkeys', device.make({ challenge: asked.challenge }), cookie);
  const { passkeys } = (await kept.json()) as { passkeys: { id: string; name: string; host: string }[] };
  return { device, handle: asked.person.id, cookie, passkeys };
}
const challenge = async () =>
  ((await (await ask('/admin/passkey/challenge')).json()) as { challenge: string }).challenge;
const enterWith = (signed: object) => ask('/admin/passkey', signed);

describe('G: passkeys', () => {
  test('a device that somebody added signs them in, under the role that they have', async () => {
    await add(program, 'kees@shop.example', 'support');
    const { device, handle, passkeys } = await withPasskey('kees@shop.example');
    expect(passkeys).toMatchObject([{ name: 'My phone', host: 'localhost' }]);
    now += 1000;
    const signed = device.sign(handle, { challenge: await challenge() });
    const entered = await enterWith(signed);
    expect(entered.status).toBe(204);
    expect(entered.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/);
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect(await (await me({ cookie })).json()).toMatchObject({ email: 'kees@shop.example', role: 'support' });
    // what was signed opens the door once
    expect((await enterWith(signed)).status).toBe(401);
    now += 1000;
    expect((await enterWith(device.sign(handle, { challenge: await challenge() }))).status).toBe(204);
  });

  test('T7: asked by another page, for another host, of nobody, late, forged, copied, under another’s name: refused alike', async () => {
    const { device, handle } = await withPasskey('marta@shop.example');
    now += 1000;
    const wrong: Record<string, Omit<DeviceWish, 'challenge'>> = {
      'another page': { origin: 'https://evil.example' },
      'another port': { origin: 'http://localhost:1' },
      'another host': { host: 'evil.example' },
      'made, not used': { type: 'webauthn.create' },
      'nobody there': { flags: 4 },
      'not checked': { flags: 1 },
    };
    for (const [what, wish] of Object.entries(wrong)) {
      const answer = await enterWith(device.sign(handle, { challenge: await challenge(), ...wish }));
      expect([what, answer.status, answer.headers.get('set-cookie')]).toEqual([what, 401, null]);
    }
    const good = async () => device.sign(handle, { challenge: await challenge() });
    const forged = {
      ...(await good()),
      signature: aDevice(here()).sign(handle, { challenge: await challenge() }).signature,
    };
    const late = await good();
    now += 5 * 60_000 + 1;
    const notOurs = device.sign(handle, { challenge: `${now.toString(36)}.${'A'.repeat(22)}.${'A'.repeat(43)}` });
    const elsewhere = { ...(await good()), handle: Buffer.from(`${other}.1`).toString('base64url') };
    device.countBack(0);
    const copied = await good();
    for (const signed of [forged, late, notOurs, elsewhere, copied]) expect((await enterWith(signed)).status).toBe(401);
    device.countBack(100);
    expect((await enterWith(await good())).status).toBe(204);
  });

  test('one adds and removes one’s own alone, from the desk’s own page; who is removed from the staff has none', async () => {
    await add(program, 'nora@shop.example', 'till');
    const nora = await withPasskey('nora@shop.example');
    const marta = await cookieOf('marta@shop.example');
    const remove = (cookie: string, origin = here()) =>
      ask(`/api/v1/me/passkeys/${nora.passkeys[0]?.id}`, undefined, cookie, 'DELETE', origin);
    expect((await remove(marta)).status).toBe(404);
    expect((await remove(nora.cookie, 'https://evil.example')).status).toBe(403);
    now += 1000;
    const signed = async () => nora.device.sign(nora.handle, { challenge: await challenge() });
    expect((await enterWith(await signed())).status).toBe(204);
    expect(await (await remove(nora.cookie)).json()).toEqual({ passkeys: [] });
    expect((await enterWith(await signed())).status).toBe(401);
    const again = await withPasskey('nora@shop.example');
    const id = (await within(program, (tx) => listStaff(tx, program))).find(({ email }) =>
      email?.startsWith('nora'),
    )?.id;
    await within(program, (tx) => removeStaff(tx, program, id ?? '', now, 'test'));
    now += 1000;
    const after = again.device.sign(again.handle, { challenge: await challenge() });
    expect((await enterWith(after)).status).toBe(401);
  });
});

describe('G: mail', () => {
  test('who our mails are from, and one to oneself to see that they arrive', async () => {
    const cookie = await cookieOf('marta@shop.example');
    const said = { from: 'Bean Club <points@bean.example>', to: 'marta@shop.example' };
    expect(await (await fetch(`${here()}/api/v1/mail`, { headers: { cookie } })).json()).toEqual(said);
    expect(await (await ask('/api/v1/mail/test', undefined, cookie)).json()).toEqual(said);
    expect(mails.at(-1)).toMatchObject({
      to: 'marta@shop.example',
      text: expect.stringContaining('points@bean.example'),
    });
  });

  test('what its domain lacks in the DNS, for whoever may see the program', async () => {
    const cookie = await cookieOf('marta@shop.example');
    const seen = await (await fetch(`${here()}/api/v1/mail/domain`, { headers: { cookie } })).json();
    expect(seen).toMatchObject({
      domain: 'bean.example',
      records: [{ state: 'there', saw: 'v=spf1 mx ~all' }, { state: 'missing' }, { state: 'missing' }],
    });
    expect((await fetch(`${here()}/api/v1/mail/domain`)).status).toBe(401);
  });
});

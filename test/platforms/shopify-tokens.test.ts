import { expect, test } from '@jest/globals';
import { systemClock } from '../../src/lib/clock.js';
import { RetryLater } from '../../src/lib/errors.js';
import { accessToken, exchangeToken } from '../../src/platforms/shopify/tokens.js';
import { connectShopify } from './support/stores.js';

/** Expiring offline tokens: exchanged for a session, renewed under a lock, dead when refused (F23, nasty case 57). */
test('57 forty callers at the end of a token renew it once', async () => {
  const { store, app, vault, close } = await connectShopify();
  const old = vault.tokens?.access;
  if (vault.tokens) vault.tokens.expires = systemClock.now() + 60_000;
  const got = await Promise.all(Array.from({ length: 40 }, () => accessToken(app, store.domain, vault, systemClock)));
  expect(new Set(got).size).toBe(1);
  expect(got[0]).not.toBe(old);
  expect(store.tokens.pairs).toHaveLength(2);
  await close();
});

test('57 a renewal whose answer was lost is repeated with the same refresh token', async () => {
  const { store, app, vault, faults, close } = await connectShopify();
  const late = { now: () => systemClock.now() + 58 * 60_000 };
  faults.answer({ kind: 'reset-after', on: /access_token/ });
  await expect(accessToken(app, store.domain, vault, late)).rejects.toBeInstanceOf(RetryLater);
  const renewed = await accessToken(app, store.domain, vault, late);
  expect(store.tokens.pairs.at(-1)?.access).toBe(renewed);
  await close();
});

test('a token that Shopify refuses is renewed once, and the call goes through', async () => {
  const { store, platform, vault, close } = await connectShopify();
  const current = store.tokens.pairs.at(-1);
  if (current) current.expires = 0;
  const anna = store.shop.customerByEmail('anna@example.test');
  expect(await platform.fetchCustomer(anna?.id ?? '')).toMatchObject({ email: 'anna@example.test' });
  expect(vault.tokens?.access).toBe(store.tokens.pairs.at(-1)?.access);
  await close();
});

test('F23 when the app was uninstalled there is nothing to renew', async () => {
  const { store, platform, close } = await connectShopify();
  store.uninstall();
  await expect(platform.fetchOrder('1')).rejects.toMatchObject({ code: 'platform_revoked' });
  await close();
});

test('a session of another app is not exchanged, and no error repeats it', async () => {
  const { store, app, close } = await connectShopify();
  const stale = store.sessionToken({ exp: 1_000 });
  const error = await exchangeToken(app, store.domain, stale).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  expect(`${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`).not.toContain(stale);
  await close();
});

test('F20 a throttled query waits for the bucket right there, and gets on', async () => {
  const { store, platform, faults, close } = await connectShopify();
  faults.answer({ kind: 'throttled', times: 2 });
  const anna = store.shop.customerByEmail('anna@example.test');
  expect(await platform.fetchCustomer(anna?.id ?? '')).toMatchObject({ name: 'Anna Berg' });
  await close();
});

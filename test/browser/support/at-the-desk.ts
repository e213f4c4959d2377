import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import * as YAML from 'yaml';

/** What the owner's API answers to whoever is signed in at this page. */
export async function asOwner<T>(page: Page, method: string, path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(
    async ({ how, where, what }) => {
      const init = what === null ? {} : { body: what, headers: { 'content-type': 'application/json' } };
      const got = await fetch(`/api/v1${where}`, { method: how, ...init });
      return { ok: got.ok, status: got.status, text: await got.text() };
    },
    { how: method, where: path, what: body === undefined ? null : JSON.stringify(body) },
  );
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return (answer.text === '' ? {} : JSON.parse(answer.text)) as T;
}

/** So many days go by in the demo. */
export async function passDays(shop: string, days: number): Promise<void> {
  const { ok, status } = await fetch(`${shop}/demo/days`, { method: 'POST', body: JSON.stringify({ days }) });
  if (!ok) throw new Error(`days answered ${status}`);
}

/** A program of the gallery, in force in place of what is, with its products called as the shop's are. */
export async function publishFromGallery(page: Page, id: string, products: Record<string, string>): Promise<void> {
  const file = YAML.parse(readFileSync(`src/gallery/programs/${id}.yaml`, 'utf8')) as Record<string, unknown>;
  const text = JSON.stringify({ ...file, examples: [] });
  const named = Object.entries(products).reduce((of, [from, to]) => of.replaceAll(`["${from}"]`, `["${to}"]`), text);
  const called = Object.entries(products).reduce(
    (of, [from, to]) => of.replaceAll(`"product":"${from}"`, `"product":"${to}"`),
    named,
  );
  const wish = { file: JSON.parse(called) as object, replaces: null };
  const { hash } = await asOwner<{ hash: string }>(page, 'PUT', '/draft', wish);
  await asOwner(page, 'POST', '/publish', { hash });
}

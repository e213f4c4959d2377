/**
 * Makes shopify.app.toml an installation's own: the client id of its app at Shopify and the address of its service. Writes
 * shopify.app.live.toml, which `shopify app deploy --config live` takes, and .env.live, whose TALLYMARK_URL the UI extensions get.
 * Run: npm run shopify:config -- --client-id 0123... --url https://loyalty.example.com
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const EXAMPLE = { clientId: '0000000000000000000000000000abcd', url: 'https://loyalty.example.com' };

/** @throws RangeError for what is no client id or no https address */
export function liveToml(toml: string, clientId: string, url: string): string {
  if (!/^[0-9a-f]{32}$/.test(clientId))
    throw new RangeError('--client-id: 32 hexadecimal digits, from the app’s settings');
  const { origin, protocol } = new URL(url);
  if (protocol !== 'https:') throw new RangeError('--url: an https address, as in PUBLIC_URL');
  return toml.replaceAll(EXAMPLE.clientId, clientId).replaceAll(EXAMPLE.url, origin);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { 'client-id': { type: 'string' }, url: { type: 'string' } } });
  const { 'client-id': clientId = '', url = '' } = values;
  writeFileSync('shopify.app.live.toml', liveToml(readFileSync('shopify.app.toml', 'utf8'), clientId, url));
  writeFileSync('.env.live', `TALLYMARK_URL=${new URL(url).origin}\n`);
  process.stdout.write(
    'shopify.app.live.toml and .env.live are written; deploy with: shopify app deploy --config live\n',
  );
}

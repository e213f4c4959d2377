import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LANGUAGES, type Locale, PLUGIN, poPath, readCatalogue } from './catalogues.js';
import { compileMo } from './gettext.js';
import { DOMAIN } from './read-strings.js';
import { writeZip, type ZipEntry } from './write-zip.js';

/** Where the archive is written. */
export const ZIP = 'dist/plugin/tallymark.zip';
const ADDRESS = 'service-address.php';

/**
 * The plugin as it is uploaded: one folder `tallymark` with every file of plugins/woocommerce, catalogues compiled, the
 * widget's script, and the service's address written in. Throws for an address that is none.
 */
export function packPlugin(root: string, { service, widget }: { service: string; widget: Buffer }): Buffer {
  const folder = join(root, PLUGIN);
  const entries: ZipEntry[] = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.mo'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).replaceAll('\\', '/'), bytes: readFileSync(path) }));
  for (const locale of Object.keys(LANGUAGES) as Locale[]) {
    const path = relative(PLUGIN, poPath(locale)).replace(/\.po$/, '.mo');
    entries.push({ path, bytes: compileMo(readCatalogue(root, locale)) });
  }
  entries.push({ path: 'assets/widget.js', bytes: widget });
  const inside = entries.map((entry) => (entry.path === ADDRESS ? addressed(entry, service) : entry));
  return writeZip(inside.map(({ path, bytes }) => ({ path: `${DOMAIN}/${path}`, bytes })));
}

function addressed({ path, bytes }: ZipEntry, service: string): ZipEntry {
  const url = service === '' ? '' : new URL(service).href.replace(/\/$/, '');
  if (/['\\]/.test(url) || !/^(https?:\/\/|$)/.test(url)) throw new Error(`${service} is no address of a service`);
  return { path, bytes: Buffer.from(bytes.toString('utf8').replace("return '';", `return '${url}';`)) };
}

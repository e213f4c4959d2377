// Packs the WooCommerce plugin: npm run plugin:zip [-- --service https://points.example.com]. The widget was built just before.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { packPlugin, ZIP } from './plugin/pack.js';

const { values } = parseArgs({ options: { service: { type: 'string', default: '' } } });
const zip = packPlugin(process.cwd(), { service: values.service, widget: readFileSync('dist/widget/tally-mark.js') });
mkdirSync(dirname(ZIP), { recursive: true });
writeFileSync(ZIP, zip);
process.stdout.write(`${ZIP}: ${Math.ceil(zip.length / 1024)} kB\n`);

// Brings the WooCommerce plugin's catalogues up to its code: npm run plugin:words. Says what is not translated yet.
import { writeFileSync } from 'node:fs';
import { catalogueTexts, LANGUAGES, type Locale, readCatalogue } from './plugin/catalogues.js';

for (const [path, text] of catalogueTexts(process.cwd())) writeFileSync(path, text);
for (const locale of Object.keys(LANGUAGES) as Locale[]) {
  const missing = [...readCatalogue(process.cwd(), locale)].filter(([, said]) => said === '').map(([text]) => text);
  if (missing.length > 0) process.stdout.write(`${locale} lacks:\n${missing.map((text) => `  ${text}\n`).join('')}`);
}

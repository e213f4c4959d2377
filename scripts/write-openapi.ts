/** Writes src/http/openapi.json from the routes' schemas: npm run openapi */
import { writeFileSync } from 'node:fs';
import { version } from '../src/config.js';
import { openApiDocument } from '../src/http/openapi.js';
import { allRoutes, type RouteParts } from '../src/http/routes.js';

/** The document needs the routes' shapes alone; nothing is called. */
export function document(): string {
  return `${JSON.stringify(openApiDocument(allRoutes({ demo: null } as RouteParts), version()), null, 1)}\n`;
}

if (process.argv[1]?.endsWith('write-openapi.ts')) writeFileSync('src/http/openapi.json', document());

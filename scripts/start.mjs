#!/usr/bin/env node
// npm start: builds (a second or less) and runs the result in this very process, so that signals reach it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stop } from 'esbuild';
import { buildAll } from './build.mjs';

const built = join(dirname(fileURLToPath(import.meta.url)), '../dist/src/main.js');
// what a release built is not built again where it runs
if (process.env.NODE_ENV !== 'production' || !existsSync(built)) {
  await buildAll();
  await stop();
}
await import(built);

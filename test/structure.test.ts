import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ESLint } from 'eslint';
import { OURS } from '../scripts/build-widget.mjs';

const { MAY_IMPORT, ROOTS } = (await import(String(new URL('../eslint.config.mjs', import.meta.url)))) as {
  MAY_IMPORT: Record<string, string[]>;
  ROOTS: string[];
};

const folders = (at: string) => readdirSync(at).filter((name) => statSync(join(at, name)).isDirectory());
const files = (at: string) => readdirSync(at).filter((name) => statSync(join(at, name)).isFile());

describe('who may import whom', () => {
  test('every folder of src has a row', () => {
    const rows = [...Object.keys(MAY_IMPORT), ...ROOTS];
    expect(
      folders('src')
        .map((name) => `src/${name}`)
        .filter((name) => !rows.includes(name)),
    ).toEqual([]);
  });

  test('every row is of something that is there', () => {
    const there = (path: string) => statSync(path, { throwIfNoEntry: false }) !== undefined;
    const named = [...Object.keys(MAY_IMPORT), ...Object.values(MAY_IMPORT).flat(), ...ROOTS];
    expect([...new Set(named)].filter((path) => !there(path))).toEqual([]);
  });

  test('every file beside those folders is a root, and nobody imports a root', () => {
    expect(
      files('src')
        .map((name) => `src/${name}`)
        .filter((name) => !ROOTS.includes(name) && !(name in MAY_IMPORT)),
    ).toEqual([]);
  });
});

/** Each rule with a piece of code that breaks it, and where that code would stand. */
const VIOLATIONS: [rule: string, file: string, code: string][] = [
  [
    'import-x/no-restricted-paths',
    'src/rules/planted.ts',
    "import { lay } from '../foundation.js';\nexport const planted = lay;\n",
  ],
  [
    'import-x/no-restricted-paths',
    'src/rules/planted.ts',
    "import { metrics } from '../db/database.js';\nexport const planted = metrics;\n",
  ],
  [
    'import-x/no-restricted-paths',
    'src/lib/planted.ts',
    "import type { Cart } from '../http/storefront/schemas.js';\nexport type Planted = Cart;\n",
  ],
  [
    'import-x/no-restricted-paths',
    'src/loyalty/planted.ts',
    "import { createReceiver } from '../../webhooks/receive.js';\nexport const planted = createReceiver;\n",
  ],
  [
    'import-x/no-restricted-paths',
    'webhooks/shopify/planted.ts',
    "import { woocommerce } from '../woocommerce/index.js';\nexport const planted = woocommerce;\n",
  ],
  [
    'import-x/no-restricted-paths',
    'src/jobs/planted.ts',
    "import { run } from '../main.js';\nexport const planted = run;\n",
  ],
  [
    'ours/no-circle',
    'src/queue/doorbell.ts',
    "import { keepSchedules } from './schedules.js';\nexport const answering = () => keepSchedules;\n",
  ],
  ['max-lines', 'src/lib/planted.ts', Array.from({ length: 301 }, (_, i) => `export const n${i} = ${i};`).join('\n')],
  ['max-lines-per-function', 'src/lib/planted.ts', `export function planted() {\n${'  planted();\n'.repeat(71)}}\n`],
  ['no-console', 'src/lib/planted.ts', "console.log('planted');\n"],
  ['no-restricted-properties', 'src/lib/planted.ts', 'export const planted = process.env.HOME;\n'],
  [
    'no-restricted-syntax',
    'src/loyalty/planted.ts',
    "export const planted = (tx: { insertInto(table: string): void }) => tx.insertInto('entry');\n",
  ],
  [
    'no-restricted-syntax',
    'src/http/planted.ts',
    "export const planted = (tx: { updateTable(table: string): void }) => tx.updateTable('account');\n",
  ],
  ['no-restricted-globals', 'src/rules/planted.ts', 'export const planted = Date.now();\n'],
  ['no-restricted-globals', 'src/rewards/planted.ts', "export const planted = fetch('https://example.com');\n"],
  ['no-restricted-globals', 'webhooks/woocommerce/planted.ts', 'export const planted = setTimeout(() => {}, 1);\n'],
  ['@typescript-eslint/no-explicit-any', 'src/lib/planted.ts', 'export const planted: any = 1;\n'],
  [
    '@typescript-eslint/consistent-type-imports',
    'src/db/planted.ts',
    "import { Millis } from '../lib/clock.js';\nexport const planted: Millis = 1;\n",
  ],
];

describe('rules that lint holds', () => {
  const eslint = new ESLint();

  test.each(VIOLATIONS)('%s fires in %s', async (rule, file, code) => {
    const [result] = await eslint.lintText(code, { filePath: file });
    expect(result?.messages.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  test('the ledger itself may write points', async () => {
    const code = "export const planted = (tx: { insertInto(table: string): void }) => tx.insertInto('entry');\n";
    const [result] = await eslint.lintText(code, { filePath: 'src/ledger/planted.ts' });
    expect(result?.messages).toEqual([]);
  });
});

describe('migrations', () => {
  const names = files('migrations').filter((name) => name.endsWith('.sql') && name !== 'schema.sql');

  test('are numbered once each, without a gap', () => {
    const numbers = names.map((name) => Number(/^(\d{4})_[a-z0-9_-]+\.sql$/.exec(name)?.[1])).sort((a, b) => a - b);
    expect(numbers).toEqual(names.map((_, index) => index + 1));
  });
});

interface Locked {
  version?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  hasInstallScript?: boolean;
}

describe('the lock file', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
  const installed = Object.entries(lock.packages).filter(([name]) => name !== '');
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
    allowScripts: Record<string, boolean>;
  };

  test('knows the version of every package', () => {
    expect(installed.filter(([, { version, link }]) => !version && !link).map(([name]) => name)).toEqual([]);
  });

  test('a package for one kind of machine is optional: else npm ci fails on the others', () => {
    const bound = installed.filter(([, { os, cpu, optional }]) => (os ?? cpu) && !optional);
    expect(bound.map(([name]) => name)).toEqual([]);
  });

  test('a package that runs a script at its installation was looked at', () => {
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
  });

  test('what we depend on is pinned', () => {
    const loose = Object.entries(manifest.dependencies).filter(([, version]) => !/^(npm:.*@)?\d/.test(version));
    expect(loose).toEqual([]);
  });
});

test('what the widget’s build shortens is no name of the API that it asks: the answer would lose that field', () => {
  const { paths } = JSON.parse(readFileSync('src/http/openapi.json', 'utf8')) as { paths: Record<string, unknown> };
  const names: string[] = [];
  const asked = Object.entries(paths).filter(([path]) => path.startsWith('/storefront/'));
  JSON.stringify(asked, (name, value: unknown) => {
    if (name === 'properties') names.push(...Object.keys(value as object));
    return value;
  });
  expect(names).toContain('worth');
  expect(names.filter((name) => OURS.test(name))).toEqual([]);
});

import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';
import { noCircle } from './scripts/no-circle.mjs';

const SHARED_READING = ['amounts', 'headers', 'hmac', 'shapes'].map((name) => `webhooks/${name}.ts`);

/** Who may import whom (ARCHITECTURE.md explains it). A folder may always import itself. */
export const MAY_IMPORT = {
  'src/lib': [],
  'src/config.ts': ['src/lib'],
  'src/commerce': ['src/lib'],
  'src/rules': ['src/lib', 'src/commerce'],
  'src/rewards': ['src/lib', 'src/commerce', 'src/rules'],
  'src/exploits': ['src/lib', 'src/commerce', 'src/rules', 'src/rewards'],
  'src/programs': ['src/lib', 'src/commerce', 'src/rules', 'src/rewards'],
  'src/gallery': ['src/lib', 'src/rules', 'src/programs'],
  'src/db': ['src/lib'],
  'src/ledger': ['src/lib', 'src/db'],
  'src/queue': ['src/lib', 'src/db'],
  'src/platforms': [
    'src/lib',
    'src/commerce',
    'webhooks/shopify/orders.ts',
    'webhooks/woocommerce/orders.ts',
    'webhooks/woocommerce/products.ts',
  ],
  'src/loyalty': [
    'src/lib',
    'src/commerce',
    'src/rules',
    'src/rewards',
    'src/programs',
    'src/db',
    'src/ledger',
    'src/queue',
  ],
  'src/reports': ['src/lib', 'src/commerce', 'src/rules', 'src/db', 'src/loyalty'],
  'src/staff': ['src/lib', 'src/db', 'src/loyalty'],
  'src/simulation': ['src/lib', 'src/commerce', 'src/rules', 'src/db', 'src/loyalty'],
  'src/imports': ['src/lib', 'src/commerce', 'src/rules', 'src/db', 'src/ledger', 'src/loyalty'],
  'src/bulk': ['src/lib', 'src/rules', 'src/db', 'src/ledger', 'src/loyalty'],
  'src/exports': ['src/lib', 'src/rules', 'src/db', 'src/loyalty'],
  'src/jobs': [
    'src/lib',
    'src/commerce',
    'src/rewards',
    'src/db',
    'src/ledger',
    'src/queue',
    'src/loyalty',
    'src/simulation',
    'src/imports',
    'src/bulk',
    'src/exports',
    'src/platforms',
    'src/stores',
  ],
  'src/stores': [
    ...['src/lib', 'src/commerce', 'src/rules', 'src/db', 'src/loyalty', 'src/staff', 'src/platforms', 'src/http'],
  ],
  'src/http': [
    'src/lib',
    'src/commerce',
    'src/rules',
    'src/rewards',
    'src/programs',
    'src/gallery',
    'src/db',
    'src/ledger',
    'src/queue',
    'src/loyalty',
    'src/staff',
    'src/reports',
    'src/simulation',
    'src/imports',
    'src/bulk',
    'src/exports',
    'src/platforms',
  ],
  'admin-ui': ['src/lib/readable-accent.ts'],
  webhooks: ['src/lib', 'src/commerce', 'src/db', 'src/queue', 'src/loyalty'],
  // a platform never knows another: what they share lies above them and is as pure as they are
  'webhooks/shopify': ['src/lib', 'src/commerce', ...SHARED_READING],
  'webhooks/woocommerce': ['src/lib', 'src/commerce', ...SHARED_READING],
  'webhooks/reviews': ['src/lib', 'src/commerce', ...SHARED_READING],
};

/** Wiring: they may import everything, and nobody imports them. */
export const ROOTS = [
  'src/main.ts',
  'src/web.ts',
  'src/worker.ts',
  'src/release.ts',
  'src/foundation.ts',
  'src/product.ts',
  'src/wire.ts',
  'src/commands',
];

const PURE = [
  'src/commerce/**',
  'src/rules/**',
  'src/rewards/**',
  'src/exploits/**',
  'src/programs/**',
  'webhooks/shopify/**',
  'webhooks/woocommerce/**',
];

const zones = Object.entries(MAY_IMPORT).map(([target, ok]) => ({
  target: `./${target}`,
  from: '.',
  except: ['node_modules', target, ...ok].map((path) => `./${path}`),
  message: `${target} may import only: ${[target, ...ok].join(', ')} (eslint.config.mjs, MAY_IMPORT)`,
}));

const noLedgerWrites = {
  selector:
    'CallExpression[callee.property.name=/^(insertInto|updateTable|deleteFrom|mergeInto)$/][arguments.0.value=/^(account|transfer|entry|lot|lot_use)$/]',
  message: 'Only src/ledger writes points: call post().',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'dist',
      'data',
      'coverage',
      '**/*.mjs',
      '**/*.cjs',
      'bench/results',
      'admin-ui/api/schema.d.ts',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { 'import-x': importX, ours: { rules: { 'no-circle': noCircle } } },
    settings: {
      'import-x/extensions': ['.ts', '.tsx'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })],
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'ours/no-circle': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' },
      ],
      'no-restricted-syntax': ['error', noLedgerWrites],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['src/ledger/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/config.ts', 'extensions/shared/address.ts', 'test/**', 'bench/**', 'demo/**', 'scripts/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**', 'bench/**', 'scripts/**'],
    rules: { 'no-console': 'off', 'max-lines-per-function': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Date', 'fetch', 'setTimeout', 'setInterval', 'process'].map((name) => ({
          name,
          message: 'Pure code: time, randomness and I/O are handed in as facts.',
        })),
      ],
    },
  },
);

/**
 * Real Postgres, started once per run (test/support/global-setup.mjs); each test file clones a database of its own. Packages and
 * the product's modules are loaded once per worker (test/support/shared-runtime.cjs).
 */
export default {
  testEnvironment: '<rootDir>/test/support/shared-environment.mjs',
  runtime: '<rootDir>/test/support/shared-runtime.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // a third of what the tests do is waiting (processes killed and started, browsers): two cores are busy with three workers
  maxWorkers: 3,
  // modules of earlier files are never let go of: a worker that grew spends its time collecting garbage, a new one does not
  workerIdleMemoryLimit: '900MB',
  testTimeout: 60_000,
};

import { expect, test } from '@jest/globals';
import { playHalf } from './agree.js';

test('the engine and the oracle agree on random histories, odd seeds', () => {
  const { difference, from, histories, operations } = playHalf(1);
  process.stdout.write(`ORACLE_SEED=${from}: ${operations} operations in ${histories} histories (odd seeds)\n`);
  expect(difference).toBeNull();
}, 1_200_000);

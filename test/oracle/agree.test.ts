import { expect, test } from '@jest/globals';
import { playHalf } from './agree.js';

test('the engine and the oracle agree on random histories, even seeds', () => {
  const { difference, from, histories, operations } = playHalf(0);
  process.stdout.write(`ORACLE_SEED=${from}: ${operations} operations in ${histories} histories (even seeds)\n`);
  expect(difference).toBeNull();
}, 1_200_000);

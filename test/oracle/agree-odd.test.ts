import { expect, test } from '@jest/globals';
import { playHalf, playTurning } from './agree.js';

test('the engine and the oracle agree on random histories, odd seeds', () => {
  const { difference, from, histories, operations } = playHalf(1);
  process.stdout.write(`ORACLE_SEED=${from}: ${operations} operations in ${histories} histories (odd seeds)\n`);
  expect(difference).toBeNull();
}, 1_200_000);

test('they agree where points turn into something, are given to a cause, and birthdays give by level', () => {
  expect(playTurning()).toEqual({});
}, 300_000);

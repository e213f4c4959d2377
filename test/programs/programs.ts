import { readProgramValue } from '../../src/programs/read-program.js';
import type { ProgramFile } from '../../src/programs/program-file.js';

/** A small program with a bit of everything that examples look at. */
export function aProgram(
  more: { rules?: object; names?: object; examples?: unknown[]; name?: string } = {},
): ProgramFile {
  return readProgramValue({
    tallymark: 1,
    name: more.name ?? 'Bean card',
    names: more.names ?? {},
    rules: {
      zone: 'Europe/Amsterdam',
      money: { code: 'EUR', exponent: 2 },
      units: { points: { value: '1' } },
      earning: [{ id: 'base', kind: 'rate', points: 1, per: 100 }],
      rewards: [{ id: 'five', kind: 'amount-off', points: 50, off: 500 }],
      ...more.rules,
    },
    examples: more.examples ?? [],
  });
}

export const story = (...steps: object[]) => [{ name: 'a story', story: steps }];
export const order = (id: string, amount: number, more: object = {}) => ({
  kind: 'order',
  day: '2026-03-02',
  id,
  amount,
  ...more,
});

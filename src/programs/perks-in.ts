import type { Perk } from '../rules/perk-rules.js';
import type { Path } from './problems.js';
import type { ProgramFile } from './program-file.js';

/** Every perk, with where it is written. */
export function perksIn({ tiers, membership }: ProgramFile['rules']): { perk: Perk; at: Path }[] {
  const lists: [Path, Perk[] | undefined][] = [
    ...(tiers?.levels ?? []).map(({ perks }, i): [Path, Perk[] | undefined] => [['tiers', 'levels', i], perks]),
    [['membership'], membership?.perks],
  ];
  return lists.flatMap(([of, perks]) => (perks ?? []).map((perk, i) => ({ perk, at: ['rules', ...of, 'perks', i] })));
}

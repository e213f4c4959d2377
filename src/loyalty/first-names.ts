import type { Tx } from '../db/database.js';
import type { Loyalty } from './context.js';
import { peopleOf } from './names-of.js';

const MOST = 40;

/**
 * What members may read of each other, by member: the first word of the name, nothing else. Whoever was erased or never said a
 * name is not in it; whoever was merged is found under the id that they had then.
 */
export async function firstNamesOf(
  tx: Tx,
  program: string,
  members: readonly string[],
  loyalty: Pick<Loyalty, 'readPeople'>,
): Promise<Map<string, string>> {
  const people = await peopleOf(tx, program, members, loyalty);
  const first = ([member, { name }]: [string, { name: string | null }]): [string, string][] => {
    const [word = ''] = (name ?? '').trim().split(/\s+/);
    return word === '' || word.includes('@') ? [] : [[member, word.slice(0, MOST)]];
  };
  return new Map([...people].flatMap(first));
}

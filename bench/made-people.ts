import type { Person } from '../src/loyalty/context.js';

const FIRST_NAMES =
  'Anna Jan Maria Piotr Emma Lars Noor Daan Ewa Sven Julia Bram Katarzyna Ole Femke Tomasz Ingrid Thijs Agnieszka Kari Ruben Magda Hanne Wim Zofia Gijs Astrid Paweł Rosa Nils'.split(
    ' ',
  );
const STEMS =
  'Kowal Jan Han Nowa Berg Viss Lund Maz Bakk Dahl Smit Wol Bos Moen Muld Zają Vos Lie Brink Hoek Kamin Wiśn Haug Strand Dijk Veld Sol Krog Piet Groot'.split(
    ' ',
  );
const ENDINGS = 'sen ska er ski stad en man berg mans ak owski huis ek ink as and oy gard ma iak'.split(' ');

/** A number of [0, 1) that is the same for the same `n`, and unlike its neighbours'. */
const chance = (n: number, of: number): number => ((n * of) % 1_000_003) / 1_000_003;
/** Some names are many people's and most are few people's. */
const pick = (from: readonly string[], luck: number): string => from[Math.floor(luck * luck * from.length)] ?? '';

/** Person n of a shop's members: a name that others have too, an address and a phone of their own. */
export function madePerson(n: number): Person & { name: string; email: string; phone: string } {
  const name = `${pick(FIRST_NAMES, chance(n, 7919))} ${pick(STEMS, chance(n, 104_729))}${pick(ENDINGS, chance(n, 15_485_863))}`;
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').toLowerCase();
  return {
    name,
    email: `${plain.replace(' ', '.')}.${n}@example.test`,
    phone: `+316${10_000_000 + n}`,
  };
}

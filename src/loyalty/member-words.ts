import type { Tx } from '../db/database.js';
import { type IdentityTokens, normalPhone } from '../lib/identity-token.js';
import type { Person } from './context.js';

/** Longer words are found by their beginning. */
const LONGEST = 10;
/** Of a phone number's ending, from as many digits as one gives at a counter. */
const ENDING = { least: 4, most: 8 };
/** Letters that decomposing leaves as they are. */
const PLAIN: Record<string, string> = { ł: 'l', ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** The words of a text, without accents and letter case. */
export function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[łøæœßđðþı]/g, (letter) => PLAIN[letter] ?? letter);
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** What somebody is found by: beginnings of the words of their name and of their mailbox, endings of their phone number. */
function findableBy({ name, email, phone }: Person): Set<string> {
  const found = new Set<string>();
  for (const word of wordsIn(`${name ?? ''} ${(email ?? '').split('@')[0]}`)) {
    const letters = [...word].slice(0, LONGEST);
    for (let n = 1; n <= letters.length; n++) found.add(letters.slice(0, n).join(''));
  }
  const digits = normalPhone(phone) ?? '';
  for (let n = ENDING.least; n <= Math.min(ENDING.most, digits.length); n++) found.add(`…${digits.slice(-n)}`);
  return found;
}

/** The tokens that all must be a member's for a text to mean them. */
export function tokensWanted(text: string, { word }: IdentityTokens): string[] {
  const digits = text.replace(/[\s().+-]/g, '');
  if (/^\d+$/.test(digits) && digits.length >= ENDING.least) return [word(`…${digits.slice(-ENDING.most)}`)];
  const words = wordsIn(text.split('@')[0] ?? '').map((one) => [...one].slice(0, LONGEST).join(''));
  return [...new Set(words)].sort((a, b) => b.length - a.length).map(word);
}

const FORGET = `
  delete from member_word where program_id = $1 and member_id = $2 and not token = any($3::bigint[])`;
const KEEP = `
  insert into member_word (program_id, member_id, token) select $1, $2, token from unnest($3::bigint[]) t(token)
  on conflict do nothing`;

/** Written wherever member_pii is; what was and is no more goes. */
export function keepWords(tx: Tx, program: string, member: string, person: Person, { word }: IdentityTokens): void {
  const tokens = [...findableBy(person)].map(word);
  tx.send('loyalty_forget_words', FORGET, [program, member, tokens]);
  tx.send('loyalty_keep_words', KEEP, [program, member, tokens]);
}

const KEEP_MANY = `
  insert into member_word (program_id, member_id, token)
  select $1, member_id, token from unnest($2::bigint[], $3::bigint[]) t(member_id, token) on conflict do nothing`;

/** The same for members of whom nothing was known. */
export function keepNewWords(
  tx: Tx,
  program: string,
  people: ReadonlyMap<string, Person>,
  { word }: IdentityTokens,
): void {
  const found = [...people].flatMap(([member, person]) => [...findableBy(person)].map((text) => [member, word(text)]));
  tx.send('loyalty_keep_new_words', KEEP_MANY, [
    program,
    found.map(([member]) => member),
    found.map(([, token]) => token),
  ]);
}

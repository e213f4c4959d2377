import * as z from 'zod';
import type { ImportSource } from './import-source.js';

/** What a column of a file may hold. */
export const FIELDS = ['email', 'points', 'name', 'firstName', 'lastName', 'phone', 'ends', 'level'] as const;
export type FieldName = (typeof FIELDS)[number];

/** How the days of a file are written: 2027-12-31, 31.12.2027 (31/12/2027), or 12/31/2027. */
export const DAY_FORMS = ['year-first', 'day-first', 'month-first'] as const;
export type DayForm = (typeof DAY_FORMS)[number];

const column = z.int().min(0).max(63);

/** What the owner says of a file: which column (by place, from 0) is what, and how the balances are posted. */
export const mapping = z.strictObject({
  columns: z.strictObject({
    email: column,
    points: column,
    name: column.optional(),
    firstName: column.optional(),
    lastName: column.optional(),
    phone: column.optional(),
    ends: column.optional(),
    level: column.optional(),
  }),
  days: z.enum(DAY_FORMS).default('year-first').meta({ description: 'how days are written in the column `ends`' }),
  unit: z.string().min(1).max(40).default('points'),
  origin: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .meta({ description: 'the program that they come from; a member has one opening balance from each' }),
  reason: z.string().trim().min(1).max(200).meta({ description: 'what members read beside the points' }),
});
export type Mapping = z.infer<typeof mapping>;

/** What these things are commonly called, for files that nobody describes. */
const COMMON: Record<FieldName, readonly string[]> = {
  email: [
    'email',
    'e mail',
    'email address',
    'user email',
    'customer email',
    'emails',
    'e mailadres',
    'epost',
    'adres email',
  ],
  points: [
    ...[
      'points',
      'points balance',
      'point balance',
      'current points',
      'current points balance',
      'balance',
      'total points',
    ],
    ...['punten', 'poeng', 'punkty', 'saldo'],
  ],
  name: ['name', 'full name', 'customer name', 'naam', 'navn'],
  firstName: ['first name', 'given name', 'voornaam', 'fornavn', 'imie'],
  lastName: ['last name', 'surname', 'family name', 'achternaam', 'etternavn', 'nazwisko'],
  phone: ['phone', 'phone number', 'mobile', 'telefoon', 'telefon'],
  ends: [
    'points expire',
    'points expiry',
    'expires',
    'expiry date',
    'expiration date',
    'expires at',
    'points expiration date',
  ],
  level: ['tier', 'vip tier', 'level', 'loyalty tier', 'tier name'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export type Proposal = Partial<Record<FieldName, number>>;

/** Which column is probably what: by the source's own names, then by common ones. No column is proposed twice. */
export function proposeColumns(columns: readonly string[], source: ImportSource): Proposal {
  const names = columns.map(plain);
  const proposal: Proposal = {};
  for (const field of FIELDS) {
    for (const name of [...(source.columns[field] ?? []), ...COMMON[field]]) {
      const at = names.indexOf(plain(name));
      if (at < 0 || Object.values(proposal).includes(at)) continue;
      proposal[field] = at;
      break;
    }
  }
  return proposal;
}

import * as z from 'zod';
import { errorAnswer } from '../storefront/schemas.js';

export { errorAnswer };

/** The shapes of the owner's API. A program file is described by GET /api/v1/program-schema. */
export const file = z
  .record(z.string(), z.unknown(), {
    error: 'send the program as a JSON object; POST /api/v1/program-text makes one of the text of a YAML file',
  })
  .meta({ description: 'a program file as an object; its JSON schema is at /api/v1/program-schema' });
export const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'SHA-256 of the program’s canonical form: equal for equal programs' });
const instant = z.iso.datetime();
const by = z.string().meta({ description: 'who: an API key by its number, or a command' });

const versionFacts = {
  version: z.int(),
  hash,
  name: z.string(),
  from: instant.meta({ description: 'in force from then on, unless a later version is too' }),
  published: instant,
  inForce: z.boolean(),
};
export const versionAnswer = z.strictObject({ ...versionFacts, file });
export const versionsAnswer = z.strictObject({ versions: z.array(z.strictObject(versionFacts)) });

export const draftAnswer = z.strictObject({
  hash,
  base: z.int().meta({ description: 'the published version that it was begun from' }),
  by,
  at: instant,
  file,
});
const problem = z.strictObject({
  path: z.string().meta({ description: 'in the file, as in rules.earning[0].unit' }),
  problem: z.string(),
  fix: z.string(),
});
const failure = z.strictObject({
  example: z.string(),
  path: z.string(),
  what: z.string(),
  expected: z.string(),
  got: z.string(),
});
const languageOrEnglish = z.enum(['en', 'nl', 'nb', 'pl']).default('en');
export const checkQuery = z.strictObject({ locale: languageOrEnglish });
export const checkAnswer = z.strictObject({
  hash,
  fine: z.boolean().meta({ description: 'nothing is wrong with it, and all its examples come out as they say' }),
  problems: z.array(problem),
  failures: z.array(failure),
  traps: z.array(problem).meta({ description: 'what to beware of; keeps nothing from being published' }),
});

const which = z
  .union([z.literal('draft'), z.coerce.number<string>().int().min(1).max(1e9)], {
    error: 'name a version by its number, as in 3, or draft',
  })
  .meta({ description: 'a version, or `draft`' });
export const diffQuery = z.strictObject({ from: which, to: which, locale: languageOrEnglish });
export const diffAnswer = z.strictObject({
  changes: z.array(z.string()).meta({ description: 'a sentence each; none = they are the same' }),
  outOfUse: z
    .array(
      z.strictObject({
        unit: z.string(),
        members: z.int(),
        points: z.string().regex(/^\d+$/),
        worth: z.strictObject({ minor: z.int(), currency: z.string(), exponent: z.int() }).nullable(),
      }),
    )
    .meta({
      description: 'units that are no longer there afterwards and of which members have some: nobody can use them',
    }),
});

const start = {
  from: instant.optional().meta({ description: 'from when it is in force; else at once' }),
  reachesBack: z.boolean().optional().meta({ description: 'true = judge what happened since `from` anew' }),
};
export const publishRequest = z.strictObject({ hash, ...start });
export const rollBackRequest = z.strictObject({ version: z.int().min(1), ...start });
export const publishedAnswer = z.strictObject(versionFacts);

export const adjustmentRequest = z.strictObject({
  id: z.string().min(1).max(100).meta({ description: 'names the act: the same again changes nothing' }),
  unit: z.string().min(1).max(40).default('points'),
  points: z
    .string()
    .regex(/^-?[1-9]\d{0,14}$/)
    .meta({ description: 'to give, or (negative) to take' }),
  reason: z.string().min(1).max(500).meta({ description: 'the member reads it' }),
});
const points = z.string();
export const balancesAnswer = z.strictObject({
  balances: z.record(z.string(), z.strictObject({ available: points, pending: points, held: points, debt: points })),
});
export const eventRequest = z.strictObject({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .meta({ description: 'your own id of what happened: told again it is the same' }),
  event: z.string().min(1).max(100).meta({ description: 'the id of its rule: "own-cup"' }),
  who: z
    .union([
      z.strictObject({ member: z.uuid() }),
      z.strictObject({ store: z.string().regex(/^\d{1,18}$/), customer: z.string().min(1).max(100) }),
      z.strictObject({ email: z.email().max(254) }),
    ])
    .meta({ description: 'a member by id, a customer of a store, or a mailbox' }),
  at: instant.optional().meta({ description: 'when it happened; else now' }),
});
export const eventAnswer = z.strictObject({
  isNew: z.boolean().meta({ description: 'false = it was told before' }),
  reason: z.string().meta({ description: 'earned, or why it gives nothing: limit, too-early, ...' }),
  gives: z.record(z.string(), z.string()),
});
export const surveyReport = z.strictObject({
  answered: z.int().meta({ description: 'by how many members' }),
  questions: z
    .record(z.string(), z.array(z.strictObject({ answer: z.string(), n: z.int() })))
    .meta({ description: 'by question, each answer with how often it was given' }),
});

export const claimRequest = z.strictObject({
  store: z.string().regex(/^\d{1,18}$/),
  member: z.uuid(),
});

export const giftRequest = z.strictObject({
  ...claimRequest.shape,
  starts: z.iso.date().optional().meta({ description: 'the local day on which the term begins; else it begins now' }),
});

export const causesAnswer = z.strictObject({
  causes: z.array(
    z.strictObject({
      cause: z.string(),
      name: z.string(),
      gifts: z.int(),
      points: z.string().regex(/^\d+$/).meta({ description: 'whole points that members gave' }),
      money: z
        .strictObject({ minor: z.string().regex(/^\d+$/), currency: z.string(), exponent: z.int() })
        .meta({ description: 'what the cause gets, the shop’s own part included' }),
    }),
  ),
});
export const draftRequest = z.strictObject({
  file,
  replaces: hash.nullable().meta({ description: 'hash of the draft that was seen; null = there was none' }),
  base: z.int().min(1).optional(),
});

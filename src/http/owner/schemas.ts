import * as z from 'zod';
import { errorAnswer } from '../storefront/schemas.js';

export { errorAnswer };

/** The shapes of the owner's API. A program file is described by GET /api/v1/program-schema. */
export const file = z
  .record(z.string(), z.unknown())
  .meta({ description: 'a program file; its JSON schema is at /api/v1/program-schema' });
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
export const draftRequest = z.strictObject({
  file,
  replaces: hash.nullable().meta({ description: 'hash of the draft that was seen; null = there was none' }),
  base: z.int().min(1).optional(),
});

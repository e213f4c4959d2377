import * as z from 'zod';
import { manifest } from '../../exports/manifest.js';

const instant = z.iso.datetime();

export const exportRequest = z.strictObject({
  people: z.boolean().meta({ description: 'with names, e-mails and phone numbers; else a member is a number' }),
});

export const exportState = z.strictObject({
  id: z.uuid(),
  state: z.enum(['making', 'done', 'cancelled', 'failed']),
  people: z.boolean(),
  askedAt: instant,
  finished: instant.nullable(),
  ends: instant.nullable().meta({ description: 'when it is thrown away' }),
  progress: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: 'null when it is not being made, or not counted yet' }),
  rows: z.int().meta({ description: 'told so far' }),
  bytes: z.int(),
  error: z.string().nullable(),
  manifest: manifest.nullable().meta({ description: 'what stands in it; also its last file' }),
});
export const exportsAnswer = z.strictObject({ exports: z.array(exportState) });

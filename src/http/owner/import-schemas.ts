import * as z from 'zod';
import { FIELDS, mapping } from '../../imports/mapping.js';
import { ENCODINGS } from '../../imports/read-csv.js';
import { dryRun, parity } from '../../imports/report.js';
import { ROW_PROBLEMS } from '../../imports/read-row.js';

const instant = z.iso.datetime();
const minor = z.string().regex(/^-?\d+$/);
const proposal = z.partialRecord(z.enum(FIELDS), z.int());

export const importQuery = z.strictObject({
  name: z.string().trim().min(1).max(120).meta({ description: 'what the file is called' }),
  encoding: z.enum(ENCODINGS).default('utf-8'),
});

export { mapping as importMapping };

const facts = {
  id: z.uuid(),
  name: z.string(),
  state: z.enum([
    ...[
      'receiving',
      'uploaded',
      'checking',
      'checked',
      'importing',
      'done',
      'cancelled',
      'undoing',
      'undone',
      'failed',
    ],
  ] as const),
  rows: z.int(),
  progress: z.number().min(0).max(1).nullable().meta({ description: 'of what is under way; null when nothing is' }),
  askedAt: instant,
  finished: instant.nullable(),
  error: z.string().nullable(),
  mapping: mapping.nullable(),
  report: dryRun
    .extend({
      worth: z
        .strictObject({ file: minor, before: minor, after: minor })
        .meta({ description: 'in minor units of the program’s money' }),
    })
    .nullable()
    .meta({ description: 'the dry run' }),
  parity: parity.nullable().meta({ description: 'the file beside the ledger, once it was brought' }),
};

export const importState = z.strictObject(facts);
export const importsAnswer = z.strictObject({
  imports: z.array(importState),
  sources: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string().nullable(),
      described: z
        .enum(['export', 'import', 'none'])
        .meta({ description: 'whether its maker describes the columns of the export, only of the import, or neither' }),
    }),
  ),
});
export const importAnswer = z.strictObject({
  ...facts,
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())).meta({ description: 'the first rows; none once the import has ended' }),
  proposals: z.record(z.string(), proposal).meta({ description: 'by source, which column is probably what' }),
});

export const problemsQuery = z.strictObject({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) });
export const problemsAnswer = z.strictObject({
  problems: z.array(z.strictObject({ line: z.int(), reason: z.enum(ROW_PROBLEMS), of: z.int().nullable() })),
  next: z.int().nullable(),
});

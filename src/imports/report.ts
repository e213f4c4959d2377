import * as z from 'zod';

const points = z.string().regex(/^-?\d+$/);

/** What an import would do, found without doing it. */
export const dryRun = z.strictObject({
  rows: z.int(),
  usable: z.int(),
  problems: z.record(z.string(), z.int()).meta({ description: 'rows that cannot be used, by reason' }),
  known: z.int().meta({ description: 'usable rows of members who are here already, by e-mail' }),
  fresh: z.int().meta({ description: 'usable rows of people who become members' }),
  points: z.strictObject({
    file: points.meta({ description: 'of the usable rows' }),
    before: points.meta({ description: 'what all members of the program have (less what they owe)' }),
    after: points,
    ending: points.meta({ description: 'of the file, what has a last day of its own' }),
  }),
  levels: z
    .array(z.strictObject({ level: z.string().nullable(), told: z.string().nullable(), members: z.int() }))
    .meta({ description: 'the level that members would have here, beside the one that the file says' }),
});
export type DryRun = z.infer<typeof dryRun>;

/** Whether what was posted is what the file said. */
export const parity = z.strictObject({
  members: z.int().meta({ description: 'rows that were brought' }),
  made: z.int().meta({ description: 'of them people who became members' }),
  file: points.meta({ description: 'the sum of the usable rows' }),
  posted: points.meta({ description: 'the sum of what the ledger posted for them' }),
  agrees: z.boolean(),
  differences: z
    .array(z.strictObject({ line: z.int(), file: points, posted: points, why: z.string() }))
    .meta({ description: 'rows whose posting is not what the file said; at most a hundred are named' }),
});
export type Parity = z.infer<typeof parity>;

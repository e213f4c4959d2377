import * as z from 'zod';

/** What an export holds. `format` rises when what stands in its files changes. */
export const manifest = z.strictObject({
  format: z.int(),
  program: z.string(),
  name: z.string(),
  made: z.iso.datetime(),
  people: z.boolean().meta({ description: 'whether names, e-mails and phone numbers are in it' }),
  files: z.array(
    z.strictObject({
      name: z.string(),
      rows: z.int(),
      bytes: z.int(),
      sha256: z.string().meta({ description: 'of the file itself, unpacked' }),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;

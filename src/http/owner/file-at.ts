import type { Tx } from '../../db/database.js';
import { readDraft } from '../../loyalty/drafts.js';
import { publishedVersion } from '../../loyalty/program-versions.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { noDraft } from './publishing-routes.js';

/** The draft, or a published version. @throws AppError `not_found`, `no_such_version` (404) */
export async function fileAt(tx: Tx, program: string, which: number | 'draft'): Promise<ProgramFile> {
  if (which !== 'draft') return (await publishedVersion(tx, program, which)).file;
  return ((await readDraft(tx, program)) ?? noDraft()).file;
}

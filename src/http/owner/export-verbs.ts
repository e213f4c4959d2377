import type * as z from 'zod';
import { inTransaction } from '../../db/database.js';
import { askExport, endExport, type Export, listExports, readExport } from '../../exports/exports.js';
import { readPiece } from '../../exports/work.js';
import { AppError } from '../../lib/errors.js';
import { audit } from '../../loyalty/store-life.js';
import { mayDo } from '../../staff/roles.js';
import type * as api from './export-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type State = z.infer<typeof api.exportState>;

export interface ExportVerbs {
  askExport(asking: Asking, wish: z.infer<typeof api.exportRequest>): Promise<State>;
  exports(asking: Asking): Promise<z.infer<typeof api.exportsAnswer>>;
  exportFile(asking: Asking, id: string): Promise<{ name: string; body: AsyncIterable<Uint8Array> }>;
  endExport(asking: Asking, id: string): Promise<void>;
}

export function exportVerbs(parts: OwnerParts): ExportVerbs {
  return {
    askExport: (asking, { people }) =>
      within(parts, asking, async (tx, program) => {
        if (people && !mayDo(asking.owner.role, 'see-names'))
          throw new AppError('forbidden', 403, 'Your role does not see names: ask for the export without them.');
        return stateOf(await askExport(tx, program, { people, by: actorOf(asking) }));
      }),
    exports: (asking) =>
      within(parts, asking, async (tx, program) => ({ exports: (await listExports(tx, program)).map(stateOf) })),
    exportFile: (asking, id) =>
      within(parts, asking, async (tx, program) => {
        const one = await readExport(tx, program, id);
        if (one.state !== 'done')
          throw new AppError('not_finished', 409, 'This export is not finished: there is no file of it.');
        await audit(tx, program, actorOf(asking), 'export.fetched', { export: id, people: one.people });
        return { name: `tallymark-${iso(one.asked).slice(0, 10)}.zip`, body: piecesOf(parts, program, one) };
      }),
    endExport: (asking, id) =>
      within(parts, asking, (tx, program) => endExport(tx, program, id, actorOf(asking), asking.now)),
  };
}

/** One piece at a time; whoever fetches slowly holds up nobody. @throws when it was thrown away meanwhile */
async function* piecesOf(
  { db, loyalty }: OwnerParts,
  program: string,
  { id, parts }: Export,
): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < parts; n++) {
    const piece = await inTransaction(db, { programs: [program] }, (tx) => readPiece(tx, program, id, n, loyalty));
    if (!piece) throw new AppError('not_found', 404, 'This export was thrown away.');
    yield piece;
  }
}

function stateOf({ id, state, people, asked, finished, ends, done, total, bytes, error, manifest }: Export): State {
  return {
    ...{ id, state, people, bytes, error, manifest, rows: done },
    askedAt: iso(asked),
    finished: finished === null ? null : iso(finished),
    ends: ends === null ? null : iso(ends),
    progress: state === 'making' && total !== null && total > 0 ? Math.min(1, done / total) : null,
  };
}

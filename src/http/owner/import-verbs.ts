import type * as z from 'zod';
import { type Tx, inTransaction } from '../../db/database.js';
import { readProblems } from '../../imports/check-part.js';
import {
  type Import,
  cancelImport,
  checkImport,
  listImports,
  readImport,
  startImport,
  undoImport,
} from '../../imports/imports.js';
import { type Mapping, proposeColumns } from '../../imports/mapping.js';
import { readPart, receiveFile } from '../../imports/receive-file.js';
import { SOURCES } from '../../imports/sources/index.js';
import { AppError } from '../../lib/errors.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import type * as api from './import-schemas.js';
import { worthBy } from './overview-verbs.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type State = z.infer<typeof api.importState>;
type Answer = z.infer<typeof api.importAnswer>;

export interface ImportVerbs {
  sendImport(asking: Asking, wish: z.infer<typeof api.importQuery>, bytes: AsyncIterable<Uint8Array>): Promise<Answer>;
  imports(asking: Asking): Promise<z.infer<typeof api.importsAnswer>>;
  import(asking: Asking, id: string): Promise<Answer>;
  importProblems(asking: Asking, id: string, after: number): Promise<z.infer<typeof api.problemsAnswer>>;
  importProblemsFile(asking: Asking, id: string): Promise<AsyncIterable<string>>;
  checkImport(asking: Asking, id: string, wish: Mapping): Promise<State>;
  startImport(asking: Asking, id: string): Promise<State>;
  undoImport(asking: Asking, id: string): Promise<State>;
  cancelImport(asking: Asking, id: string): Promise<void>;
}

const PAGE = 100;
const SAMPLE = 8;

export function importVerbs(parts: OwnerParts): ImportVerbs {
  const { db, loyalty } = parts;
  const change = (asking: Asking, id: string, fn: (tx: Tx, program: string) => Promise<unknown>) =>
    within(parts, asking, async (tx, program) => {
      await fn(tx, program);
      return stateOf(tx, program, await readImport(tx, program, id), asking);
    });
  const whole = (asking: Asking, id: string) =>
    within(parts, asking, async (tx, program) => {
      const one = await readImport(tx, program, id);
      const rows = await readPart(tx, program, id, 0, loyalty);
      return {
        ...(await stateOf(tx, program, one, asking)),
        columns: one.columns,
        sample: rows.slice(0, SAMPLE).map(({ cells }) => cells.map((cell) => cell.slice(0, 200))),
        proposals: Object.fromEntries(SOURCES.map((source) => [source.id, proposeColumns(one.columns, source)])),
      };
    });
  return {
    async sendImport(asking, { name, encoding }, bytes) {
      const wish = { name, encoding, by: actorOf(asking) };
      return whole(asking, await receiveFile(db, asking.owner.program, wish, bytes, loyalty));
    },
    imports: (asking) =>
      within(parts, asking, async (tx, program) => {
        const imports: State[] = [];
        for (const one of await listImports(tx, program)) imports.push(await stateOf(tx, program, one, asking));
        return { imports, sources: SOURCES.map(({ id, name, described }) => ({ id, name, described })) };
      }),
    import: whole,
    importProblems: (asking, id, after) =>
      within(parts, asking, async (tx, program) => {
        await readImport(tx, program, id);
        const found = await readProblems(tx, program, id, after, PAGE + 1);
        const problems = found.slice(0, PAGE);
        return { problems, next: found.length > PAGE ? (problems.at(-1)?.line ?? null) : null };
      }),
    async importProblemsFile(asking, id) {
      await within(parts, asking, (tx, program) => readImport(tx, program, id));
      return problemLines(parts, asking.owner.program, id);
    },
    checkImport: (asking, id, wish) =>
      change(asking, id, async (tx, program) => {
        const { rules } = versionInForce(await publishedVersions(tx, program), asking.now).file;
        if (!Object.hasOwn(rules.units, wish.unit))
          throw new AppError(
            'no_such_unit',
            422,
            `Name one of the program’s units: ${Object.keys(rules.units).join(', ')}.`,
          );
        await checkImport(tx, program, id, wish);
      }),
    startImport: (asking, id) =>
      change(asking, id, (tx, program) => startImport(tx, program, id, actorOf(asking), asking.now)),
    undoImport: (asking, id) =>
      change(asking, id, (tx, program) => undoImport(tx, program, id, actorOf(asking), asking.now)),
    cancelImport: (asking, id) =>
      within(parts, asking, async (tx, program) => void (await cancelImport(tx, program, id, actorOf(asking)))),
  };
}

/** Numbers and reasons alone: what stood in the rows is in the owner's own file. */
async function* problemLines({ db }: OwnerParts, program: string, id: string): AsyncGenerator<string> {
  yield '\uFEFFrow,reason,same as row\r\n';
  for (let after = 0; ;) {
    const page = await inTransaction(db, { programs: [program] }, (tx) => readProblems(tx, program, id, after, 1_000));
    yield page.map(({ line, reason, of }) => `${line},${reason},${of ?? ''}\r\n`).join('');
    const last = page.at(-1);
    if (!last) return;
    after = last.line;
  }
}

const UNDER_WAY = ['checking', 'importing', 'undoing'];

async function stateOf(tx: Tx, program: string, one: Import, { now }: Asking): Promise<State> {
  const { id, name, state, rows, parts, done, mapping, report, parity, error, cancelled } = one;
  const { rules } = versionInForce(await publishedVersions(tx, program), now).file;
  const worth = worthBy(rules);
  const money = (points: string) => worth(mapping?.unit ?? 'points', BigInt(points));
  return {
    ...{ id, name, rows, mapping, parity, error },
    state: cancelled && state === 'done' ? 'cancelled' : state,
    progress: UNDER_WAY.includes(state) ? Math.min(done / Math.max(parts, 1), 1) : null,
    askedAt: iso(one.asked),
    finished: one.finished === null ? null : iso(one.finished),
    report: report && {
      ...report,
      worth: {
        file: money(report.points.file),
        before: money(report.points.before),
        after: money(report.points.after),
      },
    },
  };
}

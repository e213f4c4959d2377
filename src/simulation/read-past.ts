import { type Database, type Tx, inTransaction } from '../db/database.js';
import { gatherKnown } from '../loyalty/gather-known.js';
import type { RuleVersion } from '../rules/known.js';
import type { SimulationReport } from './report.js';
import type { Past, PastPage } from './compare-past.js';

/** Families a page: enough that statements are few, little enough that a page's work takes a moment. */
export const PAGE = 200;

const COUNT =
  "select count(*)::int as n from member where program_id = $1 and merged_into is null and status <> 'bearer'";
const ROOTS = `
  select id from member where program_id = $1 and merged_into is null and status <> 'bearer' and id > $2 order by id limit $3`;

/**
 * The past of a program as its stores told it, family by family. Reads alone; each page is a transaction of its own, so that
 * what happens meanwhile is held up by nothing.
 */
export function pastOf(db: Database, program: string, published: readonly RuleVersion[]): Past {
  const scope = { programs: [program] };
  return {
    recorded: true,
    total: () =>
      inTransaction(db, scope, async (tx) => {
        const [row] = await tx.prepared<{ n: number }>('simulation_count', COUNT, [program]);
        return row?.n ?? 0;
      }),
    async *pages() {
      for (let after: string | null = '0'; after !== null;) {
        const page: PastPage & { last: string | null } = await inTransaction(db, scope, (tx) =>
          readPage(tx, program, published, after ?? '0'),
        );
        if (page.last !== null) yield page;
        after = page.last;
      }
    },
  };
}

async function readPage(
  tx: Tx,
  program: string,
  published: readonly RuleVersion[],
  after: string,
): Promise<PastPage & { last: string | null }> {
  const seeds = await readRoots(tx, program, after, PAGE);
  // the rest of a household has a page of its own
  const { known, asked: family } = await gatherKnown(tx, program, [...published], seeds);
  return { known, family, last: seeds.at(-1) ?? null };
}

/** The next members that are not merged into others: each stands for its family. */
export async function readRoots(tx: Tx, program: string, after: string, limit: number): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>('simulation_page', ROOTS, [program, after, limit]);
  return rows.map(({ id }) => id);
}

const LABELS = 'select id, public_id from member where program_id = $1 and id = any ($2::bigint[])';

/** By our own number of a member, the id that others know them by. */
export async function publicIdsOf(tx: Tx, program: string, members: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.prepared<{ id: string; public_id: string }>('simulation_labels', LABELS, [program, members]);
  return new Map(rows.map((row) => [row.id, row.public_id]));
}

/** The report with the public ids of whom it names; nobody's name is in it. */
export async function labelled(tx: Tx, program: string, report: SimulationReport): Promise<SimulationReport> {
  const lists = [report.winners, report.losers, report.changedOrders, report.refused.lines];
  const named = [...new Set(lists.flat().map(({ member }) => member))];
  const publicIds = await publicIdsOf(tx, program, named);
  const label = <T extends { member: string }>(lines: readonly T[]) =>
    lines.map((line) => ({ ...line, publicId: publicIds.get(line.member) ?? null }));
  return {
    ...report,
    winners: label(report.winners),
    losers: label(report.losers),
    changedOrders: label(report.changedOrders),
    refused: { ...report.refused, lines: label(report.refused.lines) },
  };
}

import { inTransaction } from '../../src/db/database.js';
import { readLots } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { readLotsThen } from '../../src/loyalty/lots-then.js';
import type { OpenLot } from '../../src/loyalty/read-member.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import type { Play, Stage } from '../examples/play-through-the-path.js';
import type { Fact } from '../support/read-example.js';

/** Products have their categories and tags, whatever an order says of them. */
const PRODUCTS: Readonly<Record<string, object>> = {
  beans: { categories: ['coffee'], tags: [] },
  mug: { categories: [], tags: ['sale'] },
  leaf: { categories: ['tea'], tags: [] },
  club: { categories: ['tea'], tags: ['new'] },
};

export function described(fact: Fact): Fact {
  const lay = (lines: unknown) =>
    (lines as { product: string }[]).map((line) => ({
      ...line,
      ...(PRODUCTS[line.product] ?? { categories: [], tags: [] }),
    }));
  const cart = fact.cart as { lines: unknown } | undefined;
  return {
    ...fact,
    ...(fact.lines === undefined ? {} : { lines: lay(fact.lines) }),
    ...(cart === undefined ? {} : { cart: { ...cart, lines: lay(cart.lines) } }),
  };
}

/** The decisions of orders, reviews and referrals; draws as a set, since only the ledger's own order is theirs. */
export function comparable(state: Record<string, unknown>): Record<string, unknown> {
  const decisions = Object.entries(state['decisions'] as object).filter(([id]) => /^(O-.*|[VF])\d+$/.test(id));
  const redemptions = Object.entries(state['redemptions'] as Record<string, { draws: { of: string }[] }>).map(
    ([id, of]) => [id, { ...of, draws: [...of.draws].sort((a, b) => (a.of < b.of ? -1 : 1)) }],
  );
  return { ...state, decisions: Object.fromEntries(decisions), redemptions: Object.fromEntries(redemptions) };
}

/** What is unsound in itself: the ledger, its replay, deliveries that were refused or wait for ever. */
export async function unsound({ db }: Stage, play: Play, at: number): Promise<string[]> {
  const broken = await verify(db.owner, { program: play.program });
  const { differences } = await replayProgram(db.app, play.program, at);
  const stuck = await db.sql<{ topic: string; error: string }>(
    'select topic, error from inbox where program_id = $1 and status <> 1',
    [play.program],
  );
  return [
    ...broken.map((one) => JSON.stringify(one)),
    ...differences.map((one) => `replay: ${one.kind} ${one.cause} ${one.points}`),
    ...stuck.map(({ topic, error }) => `${topic}: ${error}`),
    ...(await lotsOtherwise(db, play.program, at)),
  ];
}

/** T4: a member's lots as of now, told by the lines of the books alone, are the lots that stand; else it says which. */
async function lotsOtherwise(db: Stage['db'], program: string, at: number): Promise<string[]> {
  const members = await db.sql<{ id: string }>('select id from member where program_id = $1 and merged_into is null', [
    program,
  ]);
  const told = ({ unit, of, left, matured }: OpenLot) => `${unit} ${of}: ${left} ${matured}`;
  const wrong: string[] = [];
  for (const { id: member } of members) {
    const [then, now] = await inTransaction(db.app, { programs: [program] }, (tx) =>
      Promise.all([readLotsThen(tx, { program, member }, at), readLots(tx, [{ program, member }])]),
    );
    const [books, lots] = [then.map(told).sort().join('; '), now.map(told).sort().join('; ')];
    if (books !== lots) wrong.push(`lots of ${member} by the books ${books}; they are ${lots}`);
  }
  return wrong;
}

import { verify } from '../../src/ledger/verify.js';
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
  const decisions = Object.entries(state['decisions'] as object).filter(([id]) => /^[OVF]\d+$/.test(id));
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
  ];
}

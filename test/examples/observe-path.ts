import { inTransaction } from '../../src/db/database.js';
import type { PreviewAnswer } from '../../src/http/storefront/verbs.js';
import { readLots } from '../../src/ledger/balances.js';
import { byName } from '../support/observe-books.js';
import { list } from '../support/read-example.js';
import type { Play } from './play-through-the-path.js';

type Record_ = Record<string, unknown>;
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** The state in the words of the format: from the storefront's answers where it shows a thing, else from the database. */
export async function observePath(play: Play, expected: Record_): Promise<Record_> {
  const of = (key: string) => Object.keys((expected[key] ?? {}) as object);
  const members: Record_ = {};
  for (const name of of('members')) members[name] = await observeMember(play, name);
  return {
    at: expected.at,
    members,
    orders: await netOfOrders(play),
    decisions: await decisionsOf(play),
    redemptions: await redemptionsOf(play, of('redemptions')),
    liability: await liabilityOf(play),
    carts: await Promise.all(list(expected.carts).map((cart) => observeCart(play, cart))),
  };
}

/** Causes and lots under the example's names. */
function named(play: Play, key: string): string {
  // a rule with terms of its own gives a lot of its own: <order>#<rule>
  const [whole = '', ...rule] = key.split('#');
  const name = play.names.names.get(whole);
  if (name !== undefined) return [name, ...rule].join('#');
  const [kind = '', member = '', ...rest] = key.split(':');
  if (kind === 'card') return [kind, ...rest].join(':');
  return [kind, play.names.names.get(`member:${member}`) ?? member, ...rest].join(':');
}

async function observeMember(play: Play, name: string): Promise<Record_> {
  const { storefront, db } = play.stage;
  const member = play.members.get(name);
  if (!member) return {};
  const { ok } = await storefront.member(play.by(play.store(), member.customer));
  const ref = { program: play.program, member: member.id };
  const lots = await inTransaction(db.app, { programs: [play.program] }, (tx) => readLots(tx, [ref]));
  const units = Object.entries(ok?.balances ?? {}).map(([unit, { available, pending, held, debt }]) => [
    unit,
    {
      available: Number(available),
      pending: Number(pending),
      held: Number(held),
      debt: Number(debt),
      lots: lots
        .filter((lot) => lot.unit === unit)
        .map((lot) => ({
          of: named(play, lot.of),
          left: Number(lot.left),
          ends: iso(lot.ends),
          ...(lot.matured ? {} : { usable: iso(lot.usable) }),
        })),
    },
  ]);
  const { tier = null, stamps = {}, membership = null } = ok ?? {};
  return { ...Object.fromEntries(units), tier, stamps, membership };
}

async function netOfOrders(play: Play): Promise<Record_> {
  const rows = await play.stage.db.sql<{ cause: string; member: string; unit: string; net: string }>(
    `select t.cause, coalesce(m.merged_into, m.id)::text as member, t.unit,
       sum(case when t.from_account = 'issued' then t.points else -t.points end)::text as net
     from transfer t join member m on m.program_id = t.program_id and m.id = t.member_id
     where t.program_id = $1 and t.cause like 'order:%' and 'issued' in (t.from_account, t.to_account) group by 1, 2, 3`,
    [play.program],
  );
  const out: Record<string, Record<string, Record<string, number>>> = {};
  for (const { cause, member, unit, net } of rows) {
    const of = (out[named(play, cause)] ??= {});
    (of[named(play, `member:${member}`)] ??= {})[unit] = Number(net);
  }
  return out;
}

interface DecisionRow {
  activity: string;
  reason: string;
  gives: Record<string, string>;
  explanation: {
    lines: Record<string, Record<string, string>>;
    extra: Record<string, string>;
    missed: { id: string; why: string }[];
    promotions: Record<string, string>;
  };
}

async function decisionsOf(play: Play): Promise<Record_> {
  const rows = await play.stage.db.sql<DecisionRow>(
    'select activity, reason, gives, explanation from decision where program_id = $1',
    [play.program],
  );
  const numbers = (of: Record<string, string>) =>
    Object.fromEntries(Object.entries(of).map(([key, points]) => [key, Number(points)]));
  return Object.fromEntries(
    rows.map(({ activity, reason, gives, explanation: { lines, extra, missed, promotions } }) => [
      named(play, activity).replace(/^(review|referral):/, ''),
      {
        reason,
        gives: numbers(gives),
        lines: Object.fromEntries(Object.entries(lines).map(([unit, of]) => [unit, linesOf(play, numbers(of))])),
        extra: numbers(extra),
        missed: Object.fromEntries(missed.map(({ id, why }) => [id, why])),
        promotions: numbers(promotions),
      },
    ]),
  );
}

function linesOf(play: Play, of: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(of).map(([line, points]) => [play.names.names.get(`line:${line}`) ?? line, points]),
  );
}

async function redemptionsOf(play: Play, wanted: string[]): Promise<Record_> {
  const out: Record_ = {};
  for (const [name, reason] of play.refused) out[name] = { state: 'refused', reason, points: 0, draws: [] };
  for (const name of wanted) {
    const id = play.redemptions.get(name);
    if (id === undefined) continue;
    const [row] = await play.stage.db.sql<{ net: string; off: string; customer: string; key: string }>(
      `select r.net_points as net, r.off, r.cart ->> 'customer' as customer, s.key
       from redemption r join store s on s.id = r.store_id where r.program_id = $1 and r.id = $2`,
      [play.program, id],
    );
    const shown = await play.stage.storefront.redemption(
      { platform: play.platform, shop: row?.key ?? '', customer: row?.customer ?? null },
      id,
    );
    const draws = await drawsOf(play, id, row?.net ?? '0');
    out[name] = {
      state: shown.ok?.state,
      points: Number(row?.net),
      off: Number(row?.off),
      draws: byName(draws.map(({ lot, points }) => ({ of: named(play, lot), points: Number(points) }))),
    };
  }
  return out;
}

/** What its own reservation drew; of one that was let go and used all the same, what its first order drew. */
async function drawsOf(play: Play, id: string, net: string): Promise<{ lot: string; points: string }[]> {
  return play.stage.db.sql<{ lot: string; points: string }>(
    `with shown as (
       select spending from lot_use where program_id = $1 and (spending = $2 or spending like $2 || '@%')
       group by spending having sum(points) > 0 and $3::bigint > 0 order by spending limit 1
     )
     select u.lot, u.points from lot_use u
     join lot l on (l.program_id, l.member_id, l.unit, l.of) = (u.program_id, u.member_id, u.unit, u.lot)
     where u.program_id = $1 and u.spending in (select spending from shown) and u.points > 0
     order by l.ends_at, l.earned_at, l.of`,
    [play.program, `redemption:${id}`, net],
  );
}

/** Summed over the members as the storefront shows them; debts are not netted. */
async function liabilityOf(play: Play): Promise<Record_> {
  const out: Record<string, { available: number; pending: number; held: number; debt: number; money: number }> = {};
  const gone = await play.stage.db.sql<{ id: string }>(
    'select id from member where program_id = $1 and merged_into is not null',
    [play.program],
  );
  for (const [unit, { value }] of Object.entries(play.rules.units)) {
    const sum = { available: 0, pending: 0, held: 0, debt: 0, money: 0 };
    for (const [name, { id }] of play.members) {
      if (gone.some((one) => one.id === id)) continue;
      const of = (await observeMember(play, name))[unit] as typeof sum | undefined;
      for (const kind of ['available', 'pending', 'held', 'debt'] as const) sum[kind] += of?.[kind] ?? 0;
    }
    const [n = '0', d = '1'] = String(value).split('/');
    const worth = BigInt(sum.available + sum.pending + sum.held) * BigInt(n);
    out[unit] = { ...sum, money: Number((worth + BigInt(d) - 1n) / BigInt(d)) };
  }
  return out;
}

async function observeCart(play: Play, cart: Record_): Promise<Record_> {
  const { store, wire } = play.names.cart(cart, play.rules.money);
  const customer = play.members.get(String(cart.member))?.customer ?? play.names.customer(String(cart.member));
  const { ok, refused } = await play.stage.storefront.preview(play.by(play.store(store), customer), wire);
  if (!ok) return { ...cart, promise: { refused }, redeem: {} };
  return { ...cart, promise: promised(ok), redeem: redeemOf(ok) };
}

const promised = ({ earn }: PreviewAnswer) =>
  Object.fromEntries(Object.entries(earn).map(([unit, points]) => [unit, Number(points)]));

const redeemOf = ({ redeem }: PreviewAnswer) =>
  Object.fromEntries(
    redeem.map(({ reward, points, off, binding }) => [reward, { points: Number(points), off: off.minor, binding }]),
  );

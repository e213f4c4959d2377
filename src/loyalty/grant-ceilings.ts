import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { type Grant, type Holding, ceilingOf, grantParts, hasCeilings, placesAt, placesOf } from '../rules/ceilings.js';
import { grantTurns } from '../rules/deed-turns.js';
import { grantGoalTurns } from '../rules/goal-turns.js';
import type { Known, RuleVersion } from '../rules/known.js';
import type { ProgramRules } from '../rules/program-rules.js';
import type { Gathered } from './gather-known.js';
import type { KeptOrder } from './keep-orders.js';
import { type StoredGrants, orderKey, partsOf, splitKey } from './stored-order.js';

type Versions = ReadonlyMap<string, RuleVersion[]>;

/** The programs of which some version has a ceiling, ascending. */
export function programsWithCeilings(versions: Versions): string[] {
  const found = [...versions].filter(([, all]) => all.some(({ rules }) => hasCeilings(rules)));
  return found.map(([program]) => program).sort((a, b) => Number(a) - Number(b));
}

const LOCK = `
  select c.program_id as program, c.promotion from unnest($1::bigint[], $2::text[]) x(program_id, promotion)
  join ceiling c on c.program_id = x.program_id and c.promotion = x.promotion
  order by c.program_id, c.promotion for update of c`;
const MAKE = `
  insert into ceiling (program_id, promotion) select * from unnest($1::bigint[], $2::text[]) order by 1, 2
  on conflict (program_id, promotion) do nothing`;

/**
 * Locks the ceilings of these programs until the transaction ends: nobody else takes of them meanwhile. After the members
 * and before anything is posted, for everybody concerned at once.
 */
export async function lockCeilings(tx: Tx, versions: Versions): Promise<void> {
  const programs = programsWithCeilings(versions);
  if (programs.length === 0) return;
  const places = programs.flatMap((program) =>
    lockedIn(versions.get(program) ?? []).map((promotion) => ({ program, promotion })),
  );
  const columns = (of: typeof places) => [of.map(({ program }) => program), of.map(({ promotion }) => promotion)];
  const lock = () =>
    tx.prepared<{ program: string; promotion: string }>('loyalty_lock_ceilings', LOCK, columns(places));
  const there = new Set((await lock()).map(({ program, promotion }) => `${program}/${promotion}`));
  const missing = places.filter(({ program, promotion }) => !there.has(`${program}/${promotion}`));
  if (missing.length === 0) return;
  await tx.prepared('loyalty_make_ceilings', MAKE, columns(missing));
  await lock();
}

/** The limits of all periods are locked by a row without a period: theirs are made when something is taken of them. */
function lockedIn(versions: readonly RuleVersion[]): string[] {
  return [...new Set(versions.flatMap(({ rules }) => placesOf(rules)))];
}

const ARRIVED = `
  with numbered as materialized (
    select x.*, nextval('order_paid_arrival') as arrival from (
      select * from unnest($1::bigint[], $2::bigint[], $3::text[]) with ordinality
        x(program_id, store_id, order_id, i) order by i) x
  )
  update order_state o set paid_arrival = x.arrival from numbered x
  where o.program_id = x.program_id and o.store_id = x.store_id and o.order_id = x.order_id and o.paid_arrival is null`;

const FREE = `
  with freed as (
    update order_state o set grants = '{}' from unnest($1::bigint[], $2::bigint[], $3::text[]) x(program_id, store_id, order_id)
    where o.program_id = x.program_id and o.store_id = x.store_id and o.order_id = x.order_id and o.grants <> '{}'
    returning o.program_id, old.grants as grants
  ), parts as (
    select program_id, g.key as promotion, sum((g.value ->> 'part')::bigint) as part
    from freed, jsonb_each(freed.grants) g group by 1, 2
  )
  update ceiling c set granted = c.granted - p.part from parts p
  where c.program_id = p.program_id and c.promotion = p.promotion`;

/**
 * Notes who came first: in which order orders first arrived paid, of programs with ceilings. One that is nobody's any more
 * gives back what it had. The ceilings must be locked.
 */
export function noteArrivals(tx: Tx, kept: readonly KeptOrder[], versions: Versions): void {
  const programs = new Set(programsWithCeilings(versions));
  const columns = (orders: readonly KeptOrder[]) => [
    orders.map(({ program }) => program),
    orders.map(({ store }) => store),
    orders.map(({ stored }) => stored.id),
  ];
  const own = kept.filter(({ program }) => programs.has(program));
  const paid = own.filter(({ stored }) => stored.paid !== null);
  if (paid.length > 0) tx.send('loyalty_paid_arrivals', ARRIVED, columns(paid));
  const left = own.filter(({ member, previousMember }) => member === null && previousMember !== null);
  if (left.length > 0) tx.send('loyalty_free_ceilings', FREE, columns(left));
}

const HELD = `
  select store_id, order_id, grants from order_state
  where program_id = $1 and member_id = any ($2::bigint[])
  order by paid_arrival nulls first, first_seen_at, placed_at, store_id, order_id`;
const GRANTED = 'select promotion, granted from ceiling where program_id = $1';

/** What is left under each ceiling of the rules: what a cart may be promised. */
export async function readRoom(
  tx: Tx,
  program: string,
  rules: ProgramRules,
  now: Millis,
): Promise<Record<string, number>> {
  if (!hasCeilings(rules)) return {};
  const granted = await readGranted(tx, program);
  const room = placesAt(rules, now).flatMap((id) => {
    const ceiling = ceilingOf(rules, id);
    if (ceiling === null) return [];
    const left = Number(ceiling - (granted.get(id) ?? 0n));
    return [[id, left > 0 ? left : 0] as const];
  });
  return Object.fromEntries(room);
}

/** Points under each ceiling of the program, of everybody. */
export async function readGranted(tx: Tx, program: string): Promise<Map<string, bigint>> {
  const rows = await tx.prepared<{ promotion: string; granted: string }>('loyalty_granted', GRANTED, [program]);
  return new Map(rows.map((row) => [row.promotion, BigInt(row.granted)]));
}

const KEEP = `
  update order_state o set grants = x.grants
  from unnest($2::bigint[], $3::text[], $4::jsonb[]) x(store_id, order_id, grants)
  where o.program_id = $1 and o.store_id = x.store_id and o.order_id = x.order_id`;
const COUNT = `
  update ceiling c set granted = c.granted + x.more from unnest($2::text[], $3::bigint[]) x(promotion, more)
  where c.program_id = $1 and c.promotion = x.promotion`;

/**
 * Grants the orders of a family their parts of ceilings, first come, as of `now`, and records them: they are never judged
 * again. Gives what is known with the parts in it. The members and the ceilings must be locked. `arrived` = keys of orders,
 * in the order in which they came.
 */
export async function grantCeilings(
  tx: Tx,
  program: string,
  { known, family }: Gathered,
  now: Millis,
  arrived: readonly string[],
): Promise<Known> {
  const holdings = await readHoldings(tx, program, family);
  const granted = await readGranted(tx, program);
  const changed = grantParts(known, now, holdings, granted, arrived);
  if (changed.length === 0) return known;
  keepGrants(tx, program, holdings, changed, granted);
  return withParts(known, changed);
}

/** Counts what more was granted under each name; `granted` = the names that are there. Those of periods begin with their first part. */
export function countGranted(
  tx: Tx,
  program: string,
  more: ReadonlyMap<string, bigint>,
  granted: ReadonlyMap<string, bigint>,
): void {
  const missing = [...more.keys()].filter((name) => !granted.has(name));
  if (missing.length > 0) tx.send('loyalty_make_ceilings', MAKE, [missing.map(() => program), missing]);
  tx.send('loyalty_count_grants', COUNT, [program, [...more.keys()], [...more.values()].map(String)]);
}

/**
 * What is known with the parts and turns that a family would have if they were settled now; records nothing. `granted` = points
 * under each ceiling, of everybody: what these take of them is added, so that the next family finds what is left.
 */
export async function foreseeParts(
  tx: Tx,
  program: string,
  { known, family }: Gathered,
  now: Millis,
  granted: Map<string, bigint>,
): Promise<Known> {
  const holdings = await readHoldings(tx, program, family);
  const take = (more: ReadonlyMap<string, bigint>) => {
    for (const [name, n] of more) granted.set(name, (granted.get(name) ?? 0n) + n);
  };
  const turns = grantTurns(known, now, granted);
  take(turns.more);
  const awards = grantGoalTurns(turns.known, now, family, granted);
  take(awards.more);
  const changed = grantParts(awards.known, now, holdings, granted);
  take(moreOf(holdings, changed));
  return withParts(awards.known, changed);
}

const HELD_BY = `
  select o.store_id, o.order_id, o.grants from unnest($2::bigint[], $3::text[]) x(store_id, order_id)
  join order_state o on o.program_id = $1 and o.store_id = x.store_id and o.order_id = x.order_id`;

/** What these orders have of all ceilings, by their keys. */
export async function readGrants(
  tx: Tx,
  program: string,
  orders: readonly { store: string; id: string }[],
): Promise<Map<string, StoredGrants>> {
  const rows = await tx.prepared<{ store_id: string; order_id: string; grants: StoredGrants }>(
    'loyalty_grants_of',
    HELD_BY,
    [program, orders.map(({ store }) => store), orders.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [orderKey(row.store_id, row.order_id), row.grants]));
}

/** Records the parts that orders have now, and counts what more it is. */
export function keepGrants(
  tx: Tx,
  program: string,
  before: readonly Holding[],
  changed: readonly Holding[],
  granted: ReadonlyMap<string, bigint>,
): Map<string, bigint> {
  const places = changed.map(({ order }) => splitKey(order));
  tx.send('loyalty_keep_grants', KEEP, [
    program,
    places.map(({ store }) => store),
    places.map(({ id }) => id),
    changed.map((one) => JSON.stringify(toGrants(one.held))),
  ]);
  const more = moreOf(before, changed);
  countGranted(tx, program, more, granted);
  return more;
}

async function readHoldings(tx: Tx, program: string, family: ReadonlySet<string>): Promise<Holding[]> {
  const rows = await tx.prepared<{ store_id: string; order_id: string; grants: StoredGrants }>(
    'loyalty_held_grants',
    HELD,
    [program, [...family]],
  );
  return rows.map((row) => ({ order: orderKey(row.store_id, row.order_id), held: toHeld(row.grants) }));
}

function withParts(known: Known, changed: readonly Holding[]): Known {
  const parts = new Map(changed.map(({ order, held }) => [order, partsOf(toGrants(held))]));
  return { ...known, orders: known.orders.map((order) => ({ ...order, grants: parts.get(order.id) ?? order.grants })) };
}

/** By promotion, how much more is granted when these holdings change. */
function moreOf(before: readonly Holding[], changed: readonly Holding[]): Map<string, bigint> {
  const held = new Map(before.map((one) => [one.order, one.held]));
  const more = new Map<string, bigint>();
  for (const { order, held: now } of changed) {
    for (const [promotion, { part }] of Object.entries(now)) {
      const was = held.get(order)?.[promotion]?.part ?? 0n;
      more.set(promotion, (more.get(promotion) ?? 0n) + part - was);
    }
  }
  return more;
}

export function toHeld(grants: StoredGrants): Record<string, Grant> {
  return Object.fromEntries(
    Object.entries(grants).map(([promotion, { gain, part }]) => [
      promotion,
      { gain: BigInt(gain), part: BigInt(part) },
    ]),
  );
}

export function toGrants(held: Holding['held']): StoredGrants {
  return Object.fromEntries(
    Object.entries(held).map(([promotion, { gain, part }]) => [promotion, { gain: Number(gain), part: Number(part) }]),
  );
}

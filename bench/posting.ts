import { type Database, inTransaction, openDatabase, type Tx } from '../src/db/database.js';
import { GAIN } from '../src/ledger/gain-sql.js';
import { post } from '../src/ledger/post.js';
import type { Batch } from '../src/ledger/postings.js';
import { anyMember, BASELINE_TABLES, BATCH, type Baselines, MEMBERS, openBaselines } from './baselines.js';
import { best, closedLoop, type Flush, interleave, type Plan, ratio } from './harness.js';
import { type BenchDatabase, checkLedger, makeDatabase, nameOf, type Servers } from './postgres.js';
import { type Claim, least } from './targets.js';

const PROGRAM = '1';
const POINTS = 10n;
const YEAR = 365 * 24 * 3_600_000;

/** (a) Posting: the product's whole statement, in the product's own transaction, against what others do for the same. */
export async function benchPosting(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const template = await makeDatabase(servers.postgresUrl, 'free');
  await template.sql(BASELINE_TABLES);
  await template.sql(accountsOf('0'));
  await template.sql('vacuum analyze account, raw.balance, peer.account');
  await template.close();
  const sites = await Promise.all(plan.flushes.map((flush) => openSite(plan, servers, template, flush)));
  try {
    const variants = Object.assign({}, ...sites.map((site) => site.variants)) as Record<string, () => Promise<number>>;
    plan.say('posting: warming up');
    for (const run of Object.values(variants)) await run();
    const samples = await interleave(plan, variants);
    for (const site of sites) await site.check();
    return {
      claims: [...plan.flushes.flatMap((flush) => claimsOf(flush, samples)), ...flushClaims(plan, samples)],
      samples,
    };
  } finally {
    for (const site of sites) await site.drop();
    await template.drop();
  }
}

/** The databases of one kind of flush, and what is run on them. */
interface Site {
  variants: Record<string, () => Promise<number>>;
  check(): Promise<void>;
  drop(): Promise<void>;
}

async function openSite(plan: Plan, servers: Servers, template: BenchDatabase, flush: Flush): Promise<Site> {
  const copy = () => makeDatabase(servers.postgresUrl, flush, nameOf(template));
  const [main, hotless, empty, large] = [await copy(), await copy(), await copy(), await copy()];
  await large.sql(historyOf(entriesOf(plan) / 2));
  await large.sql('vacuum analyze account, transfer, entry, lot');
  const opened = await Promise.all([open(main), open(hotless), open(empty), open(large)]);
  const [db, hotlessDb, emptyDb, largeDb] = opened;
  const baselines = openBaselines(main.url);
  const during = (lanes: number, work: () => Promise<number>) => () => closedLoop(lanes, plan.sliceMs, work);
  const variants = {
    'full statement, 1 connection': during(1, () => postBatch(db)),
    'full statement, 2 connections': during(2, () => postBatch(db)),
    'full statement without the hot balance': during(1, () => postBatch(hotlessDb, withoutProgramBalance)),
    'full statement, many rows there': during(1, () => postBatch(largeDb)),
    'full statement, ledger that began empty': during(1, () => postBatch(emptyDb)),
    'plain batch, 1 connection': during(1, baselines.plainBatch),
    'raw limit R: plain batch, 2 connections': during(2, baselines.plainBatch),
    'kysely event, spread, 4 connections': during(4, () => baselines.kyselyEvent(false)),
    'kysely event, hot, 16 connections': during(16, () => baselines.kyselyEvent(true)),
    ...peerVariants(baselines, during),
  };
  return {
    variants: Object.fromEntries(Object.entries(variants).map(([name, run]) => [`${flush}: ${name}`, run])),
    async check() {
      await baselines.check();
      await checkLedger(main, PROGRAM);
      await checkLedger(large, PROGRAM);
    },
    async drop() {
      await baselines.close();
      for (const one of opened) await one.close();
      for (const one of [main, hotless, empty, large]) await one.drop();
    },
  };
}

function peerVariants(
  baselines: Baselines,
  during: (lanes: number, work: () => Promise<number>) => () => Promise<number>,
) {
  return {
    'pgledger-like, hot, 1 connection': during(1, baselines.peerTransfer),
    'pgledger-like, hot, 4 connections': during(4, baselines.peerTransfer),
    'pgledger-like, hot, 16 connections': during(16, baselines.peerTransfer),
    'pgledger-like, array of 100, hot': during(1, () => baselines.peerArray(100)),
  };
}

const open = (database: BenchDatabase): Promise<Database> => openDatabase(database.url, { role: 'app', max: 2 });
const entriesOf = ({ quick, large }: Plan): number => (large ? 10_000_000 : quick ? 200_000 : 1_000_000);

let made = 0;

/** 500 orders of as many members: each a transfer with its unique key, two entries with running balances, and a lot. */
function nextBatch(): Batch {
  const at = Date.now();
  const orders = Array.from({ length: BATCH }, () => ({ member: String(anyMember()), cause: `order:1/${++made}` }));
  return {
    postings: orders.map(({ member, cause }) => ({
      ...{ program: PROGRAM, member, unit: 'points', cause, kind: 'earn', from: 'issued', to: 'available' },
      ...{ lot: cause, seq: 1, at, points: POINTS },
    })),
    lots: orders.map(({ member, cause }) => ({
      ...{ program: PROGRAM, member, unit: 'points', of: cause, given: POINTS, left: POINTS, lapsed: 0n, drawn: 0n },
      ...{ matured: true, earned: at, usable: at, ends: at + YEAR },
    })),
  };
}

async function postBatch(db: Database, changed?: (tx: Tx) => Tx): Promise<number> {
  const { posted } = await inTransaction(db, { programs: [PROGRAM] }, (tx) => post(changed?.(tx) ?? tx, nextBatch()));
  if (posted !== BATCH) throw new Error(`posted ${posted} of ${BATCH}`);
  return BATCH;
}

/** The same statement that writes the program's entries but leaves its balance alone: only to see what the hot row costs. */
const HOTLESS = replaced(GAIN, [
  ['from side group by', 'from side where member_id <> 0 group by'],
  [
    'ledger_sum(n) over sofar as account_seq',
    'case when member_id = 0 then transfer_id else ledger_sum(n) over sofar end as account_seq',
  ],
]);

const withoutProgramBalance = (tx: Tx): Tx =>
  Object.assign(Object.create(tx) as Tx, {
    prepared: (name: string, text: string, values: readonly unknown[]) =>
      tx.prepared(name === 'ledger_gain' ? 'bench_hotless' : name, name === 'ledger_gain' ? HOTLESS : text, values),
  });

function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((all, [from, to]) => {
    if (all.split(from).length !== 2)
      throw new Error(`the posting statement has changed; the bench looks for "${from}"`);
    return all.replace(from, to);
  }, text);
}

/** Everybody's accounts as `version` postings would have left them. */
const accountsOf = (version: string) => `
insert into account (program_id, member_id, unit, kind, balance, version)
select ${PROGRAM}, g, 'points', case g when 0 then 'issued' else 'available' end,
  case g when 0 then -${MEMBERS}::bigint else 1 end * ${version} * ${POINTS}, case g when 0 then ${MEMBERS}::bigint else 1 end * ${version}
from generate_series(0, ${MEMBERS}) g`;

/** A ledger with so many transfers of the past, by the same laws. */
function historyOf(transfers: number): string {
  const each = transfers / MEMBERS;
  return `
create temp table past on commit drop as
  select nextval('transfer_id_seq') as id, m, k, row_number() over (order by k, m) as n from generate_series(1, ${each}) k, generate_series(1, ${MEMBERS}) m;
update account set balance = balance + ${each} * ${POINTS} * case member_id when 0 then -${MEMBERS}::bigint else 1 end,
  version = ${each} * case member_id when 0 then ${MEMBERS}::bigint else 1 end;
insert into transfer (id, program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
  select id, ${PROGRAM}, now(), m, 'points', 'order:0/' || n, 'earn', 0, 'issued', m, 'available', 'order:0/' || n, ${POINTS} from past;
insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
  select ${PROGRAM}, a.id, case a.member_id when 0 then past.n else past.k end, past.id,
    case a.member_id when 0 then -${POINTS} else ${POINTS} end, case a.member_id when 0 then -past.n else past.k end * ${POINTS}
  from past join account a on a.member_id in (0, past.m);
insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at, ends_at)
  select ${PROGRAM}, m, 'points', 'order:0/' || n, ${POINTS}, ${POINTS}, true, now(), now(), now() + interval '1 year' from past;`;
}

/** Targets differ by flush where the design says so. */
function claimsOf(flush: Flush, samples: Record<string, number[]>): Claim[] {
  const of = (name: string) => samples[`${flush}: ${name}`] ?? [];
  const full = of('full statement, 1 connection');
  const full2 = of('full statement, 2 connections');
  const peer = best(
    of('pgledger-like, hot, 1 connection'),
    of('pgledger-like, hot, 4 connections'),
    of('pgledger-like, hot, 16 connections'),
  );
  const array = of('pgledger-like, array of 100, hot');
  const at = flush === 'free' ? 'free flush' : '1 ms flush';
  const claim = (target: Claim['target'], what: string, measured: Claim['measured'], bound: Claim['bound']): Claim => ({
    ...{ target, what: `${what}, ${at}`, measured, unit: 'x', bound },
  });
  const slow = flush === '1ms';
  return [
    claim(
      'P-T1',
      'full statement / plain batch, 1 connection',
      ratio(full, of('plain batch, 1 connection')),
      least(0.45),
    ),
    claim('P-T1', 'full statement, 2 connections / 1', ratio(full2, full), null),
    claim(
      'P-T4',
      'full / pgledger-like on a hot account, its best of 1, 4, 16',
      ratio(full, peer),
      least(slow ? 40 : 8),
    ),
    claim('P-T4', 'full / pgledger-like, array of 100', ratio(full, array), least(3)),
    claim(
      'P-T5',
      'full / kysely per event, spread, 4 connections',
      ratio(full, of('kysely event, spread, 4 connections')),
      least(6),
    ),
    claim(
      'P-T5',
      'full / kysely per event, hot, 16 connections',
      ratio(full, of('kysely event, hot, 16 connections')),
      least(slow ? 50 : 15),
    ),
    claim(
      'P-T7',
      'with / without the hot balance',
      ratio(full, of('full statement without the hot balance')),
      least(0.8),
    ),
    claim(
      'P-T8',
      'many rows / a ledger that began empty',
      ratio(of('full statement, many rows there'), of('full statement, ledger that began empty')),
      least(0.85),
    ),
  ];
}

function flushClaims({ flushes }: Plan, samples: Record<string, number[]>): Claim[] {
  if (flushes.length < 2) return [];
  const kept = (name: string) => ratio(samples[`1ms: ${name}`] ?? [], samples[`free: ${name}`] ?? []);
  const claim = (what: string, measured: Claim['measured'], bound: Claim['bound']): Claim => ({
    ...{ target: 'P-T6', what, measured, unit: 'x', bound },
  });
  return [
    claim('1 ms / free flush, full statement, 2 connections', kept('full statement, 2 connections'), least(0.7)),
    claim('1 ms / free flush, full statement, 1 connection', kept('full statement, 1 connection'), null),
    claim('1 ms / free flush, raw limit R', kept('raw limit R: plain batch, 2 connections'), null),
    claim('1 ms / free flush, kysely per event, 4 connections', kept('kysely event, spread, 4 connections'), null),
  ];
}

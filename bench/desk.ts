import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDesk, DESK_LIMIT } from '../scripts/build-desk.mjs';
import { FIRST } from '../test/support/many-members.js';
import { startChild } from './child.js';
import { chromiumHere, type Interactions, NOTHING, watchInteractions } from './desk-browser.js';
import { type Ask, everyReader, type Named, pagesAndSearches, SUMS } from './desk-lists.js';
import type { DeskSettings, OpenDesk } from './desk-process.js';
import { fillDesk } from './fill-desk.js';
import { figure, type Plan, quantile, ratio, type Spread, spread } from './harness.js';
import { checkLedger, makeDatabase, type Servers } from './postgres.js';
import { type Claim, most } from './targets.js';

const MEMBERS = 200_000;
const BY_KEY = 'by primary key';
/** A page of fifty, read, opened and told, against one row of one column family. */
const LIST_AT_MOST = 8;
/** Of an interaction, and of a search: longer is a pause (web.dev/inp). */
const NOTICED_MS = 200;

/** The desk of a program with 200,000 members: its lists against a read by primary key, its first load, what it is like to use. */
export async function benchDesk(plan: Plan, { postgresUrl }: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const database = await makeDatabase(postgresUrl, 'free');
  const built = await mkdtemp(join(tmpdir(), 'tallymark-desk-'));
  try {
    await fillDesk(database, MEMBERS, plan.say);
    const { first } = await buildDesk(built);
    const settings: DeskSettings = { url: database.url, program: '1', built };
    const child = await startChild('desk-process.ts', settings);
    try {
      const desk = await child.ask<OpenDesk>('open');
      const lists = await timeLists(desk, plan);
      const interactions = await use(desk, plan);
      await checkLedger(database, '1');
      const claims = [...listClaims(lists), ...loadClaims(first), ...useClaims(interactions)];
      return { claims, samples: { members: MEMBERS, first: Object.fromEntries(first), lists, interactions } };
    } finally {
      await child.stop();
    }
  } finally {
    await database.drop();
    await rm(built, { recursive: true, force: true });
  }
}

/** By what was asked: per round, milliseconds. */
type Lists = Record<string, { p50: number; p99: number }[]>;

/** All are asked in turn, request by request, so that whoever else uses the machine takes from each alike. */
export async function timeLists({ url, key }: OpenDesk, { rounds, quick, say }: Plan): Promise<Lists> {
  const headers = { authorization: `Bearer ${key}` };
  const get = async (path: string) => {
    const answer = await fetch(`${url}/api/v1${path}`, { headers });
    return { status: answer.status, body: await answer.text() };
  };
  const { members } = JSON.parse((await get('/members?limit=1')).body) as { members: { id: string }[] };
  const named: Named = { members: MEMBERS, member: members[0]?.id ?? '' };
  const asks: Record<string, Ask> = { [BY_KEY]: (n) => `/by-key/${FIRST + 1 + ((n * 7919) % MEMBERS)}` };
  for (const [name, ask] of Object.entries({ ...everyReader(named), ...pagesAndSearches(named) })) {
    const { status } = await get(ask(0));
    if (status === 200) asks[name] = ask;
    else say(`  ${name} answers ${status} here: not measured`);
  }
  const lists: Lists = Object.fromEntries(Object.keys(asks).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const took = Object.fromEntries(Object.keys(asks).map((name) => [name, [] as number[]]));
    for (let n = 0; n < (quick ? 60 : 200); n++) {
      for (const [name, ask] of Object.entries(asks)) {
        // sums take their time, which is theirs
        if (SUMS.test(name) && n % 20 !== 0) continue;
        const before = performance.now();
        const { status } = await get(ask(n));
        if (status !== 200) throw new Error(`${ask(n)} answered ${status}`);
        took[name]?.push(performance.now() - before);
      }
    }
    for (const [name, ms] of Object.entries(took)) {
      const one = { p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) };
      lists[name]?.push(one);
      say(`  round ${round + 1}/${rounds}  ${name.padEnd(44)} p50 ${figure(one.p50)} ms  p99 ${figure(one.p99)} ms`);
    }
  }
  return lists;
}

export async function use(desk: OpenDesk, { quick, rounds, say }: Plan): Promise<Interactions | null> {
  const chromium = chromiumHere();
  if (chromium === null) {
    say('  no Chromium on this machine: nobody uses the desk');
    return null;
  }
  return watchInteractions(chromium, desk, { members: MEMBERS, times: rounds, pages: quick ? 20 : 40 });
}

function listClaims({ [BY_KEY]: byKey = [], ...lists }: Lists): Claim[] {
  const p99 = (rounds: Lists[string]) => rounds.map((round) => round.p99);
  return [
    { target: 'desk', what: 'a read by primary key, p99', measured: spread(p99(byKey)), unit: 'ms', bound: null },
    ...Object.entries(lists).map(([name, rounds]): Claim => {
      const sum = SUMS.test(name);
      return {
        target: 'desk',
        what: `p99 of ${name}${sum ? ' (a sum)' : ''} / of a read by primary key`,
        measured: ratio(p99(rounds), p99(byKey)),
        unit: 'x',
        bound: sum ? null : most(LIST_AT_MOST),
      };
    }),
    ...Object.entries(lists)
      .filter(([name]) => name.startsWith('search'))
      .map(([name, rounds]): Claim => ({
        ...{ target: 'desk', what: `p99 of ${name}`, measured: spread(p99(rounds)) },
        ...{ unit: 'ms', bound: most(NOTICED_MS) },
      })),
  ];
}

function loadClaims(first: ReadonlyMap<string, number>): Claim[] {
  const heaviest = Math.max(...first.values());
  const claim = (what: string, bytes: number): Claim => ({
    ...{ target: 'desk', what: `script of the first load, gzipped: ${what}`, measured: spread([bytes / 1000]) },
    ...{ unit: 'kB', bound: most(DESK_LIMIT / 1000) },
  });
  return [
    claim('home', first.get('home') ?? NaN),
    ...[...first].filter(([, bytes]) => bytes === heaviest).map(([place]) => claim(`${place}, the heaviest`, heaviest)),
  ];
}

/** As browsers count: three of four are no longer than this, and the worst of all. */
function useClaims(interactions: Interactions | null): Claim[] {
  if (interactions === null) return [];
  const claim = (what: string, measured: Spread): Claim => ({
    ...{ target: 'desk', what, measured, unit: 'ms', bound: what.startsWith(NOTHING) ? null : most(NOTICED_MS) },
  });
  const { [NOTHING]: _, ...done } = interactions;
  const all = Object.values(done).flat();
  return [
    ...Object.entries(interactions).map(([what, ms]) =>
      claim(`${what}: to the next paint, p75 of ${ms.length}`, { ...spread(ms), median: quantile(ms, 0.75) }),
    ),
    claim(`all of ${all.length} interactions: to the next paint, the worst`, {
      ...spread(all),
      median: Math.max(...all),
    }),
  ];
}

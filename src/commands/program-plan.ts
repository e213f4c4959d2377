import { inTransaction } from '../db/database.js';
import { refuseOtherMoney } from '../loyalty/other-money.js';
import { type Holdings, type PlannedMember, planChange } from '../simulation/plan-change.js';
import { publicIdsOf } from '../simulation/read-past.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';
import { programOf } from './program-simulate.js';
import { asked, programFileOf, usageError } from './program-text.js';

const USAGE = 'program plan <file> [--program <number>] [--from <instant>] [--all] [--csv]';
const OPTIONS = {
  program: { type: 'string' },
  from: { type: 'string' },
  all: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
} as const;

/**
 * Lists what publishing a program file would do to every member, before it is done: a line of JSON each, or of CSV. Without
 * `--all` only whom it changes. Writes nothing; how many there are goes to stderr.
 */
export const command: Command = async (invocation) => {
  const { say, complain } = invocation;
  const { values: options, positionals } = asked(invocation.args, OPTIONS, USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw usageError('Say which file', USAGE);
  const { rules } = await programFileOf(path);
  const db = await openLedger(invocation);
  const { program, published } = await programOf(db, options.program);
  const last = published.at(-1);
  if (last) refuseOtherMoney(last.rules.money, rules.money);
  const now = Date.now();
  const from = options.from === undefined ? now : Date.parse(options.from);
  if (Number.isNaN(from))
    throw usageError(`--from takes an instant ("2026-03-01T00:00:00Z"), not "${options.from}"`, USAGE);
  const counted = { members: 0, changed: 0 };
  if (options.csv) say(CSV_HEAD);
  let batch: PlannedMember[] = [];
  const tell = async () => {
    const ids = batch.map(({ member }) => member);
    const publicIds = await inTransaction(db, { programs: [program] }, (tx) => publicIdsOf(tx, program, ids));
    for (const one of batch) {
      const name = publicIds.get(one.member) ?? '';
      for (const line of options.csv ? csvOf(name, one) : [jsonOf(name, one)]) say(line);
    }
    batch = [];
  };
  for await (const one of planChange({ db, program, published, change: { rules, from }, now })) {
    counted.members++;
    if (one.changes) counted.changed++;
    if (one.changes || options.all) batch.push(one);
    if (batch.length >= 500) await tell();
  }
  await tell();
  complain(`${counted.members} members, ${counted.changed} of them are changed`);
  return 'done';
};

const ACCOUNTS = ['available', 'pending', 'held', 'debt'] as const;
const SIDES = ['before', 'after'] as const;
const CSV_HEAD = [
  ...['member', 'unit'],
  ...ACCOUNTS.flatMap((account) => SIDES.map((side) => `${account}_${side}`)),
  ...['ends_sooner', 'tier_before', 'tier_after'],
].join(',');

/** A line for each unit. Tiers are named by the owner: quoted. */
function csvOf(member: string, { units, tier }: PlannedMember): string[] {
  const quoted = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
  return Object.entries(units).map(([unit, of]) =>
    [
      ...[member, quoted(unit)],
      ...ACCOUNTS.flatMap((account) => SIDES.map((side) => of[side][account])),
      ...[of.endsSooner, quoted(tier.before), quoted(tier.after)],
    ].join(','),
  );
}

function jsonOf(member: string, { units, tier, changes }: PlannedMember): string {
  const text = (holdings: Holdings) =>
    Object.fromEntries(ACCOUNTS.map((account) => [account, holdings[account].toString()]));
  const written = Object.entries(units).map(([unit, { before, after, endsSooner }]) => [
    unit,
    { before: text(before), after: text(after), endsSooner: endsSooner.toString() },
  ]);
  return JSON.stringify({ member, units: Object.fromEntries(written), tier, changes });
}

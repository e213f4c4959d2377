import { parseArgs } from 'node:util';
import { type Database, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import { refuseOtherMoney } from '../loyalty/other-money.js';
import { ruleVersions } from '../loyalty/rule-sets.js';
import type { RuleVersion } from '../rules/known.js';
import { overMadePast } from '../simulation/made-past.js';
import { namesInReport } from '../simulation/names-in-report.js';
import { labelled, pastOf } from '../simulation/read-past.js';
import { simulate } from '../simulation/simulate.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';
import { allPrograms } from './replay.js';
import { programFileOf } from './program-text.js';
import { reportText } from './simulation-text.js';

const USAGE = 'program simulate <file> [--program <number>] [--days <n>] [--made <members> [--seed <n>]] [--json]';
const DAY = 86_400_000;

/**
 * Plays a program file over the store's own past (or a made one) beside the published rules, and says what it would have
 * changed. Writes nothing. Progress goes to stderr. Names are for whoever reads the text; the JSON, which may be kept, has none.
 */
export const command: Command = async (invocation) => {
  const { say, complain } = invocation;
  const { file, options } = optionsOf(invocation.args);
  const draft = (await programFileOf(file)).rules;
  const db = await openLedger(invocation);
  const { program, published } = await programOf(db, options.program);
  const last = published.at(-1);
  if (last) refuseOtherMoney(last.rules.money, draft.money);
  const now = Date.now();
  const since = options.days === undefined ? null : now - whole(options.days, '--days') * DAY;
  const made = options.made === undefined ? null : whole(options.made, '--made');
  const seed = whole(options.seed ?? '1', '--seed');
  const drafted = { rules: draft, since };
  const over =
    made === null
      ? { past: pastOf(db, program, published), published, draft: drafted }
      : overMadePast(published, drafted, { members: made, seed, now });
  const report = await simulate({
    ...over,
    now,
    onProgress: (done, total) => complain(`${done} of ${total} members`),
  });
  const { keys, shards } = invocation.config;
  const { named, names } =
    made === null
      ? await inTransaction(db, { programs: [program] }, async (tx) => ({
          named: await labelled(tx, program, report),
          names: await namesInReport(tx, program, report, makeLoyalty(keys, shards)),
        }))
      : { named: report, names: null };
  for (const line of options.json ? [JSON.stringify(named, null, 2)] : reportText(named, names)) say(line);
  return 'done';
};

function optionsOf(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        program: { type: 'string' },
        days: { type: 'string' },
        made: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw usage('Say which file');
    return { file, options: values };
  } catch (error) {
    throw error instanceof AppError ? error : usage(error instanceof Error ? error.message : String(error));
  }
}

const usage = (what: string) => new AppError('usage', 400, `${what}: ${USAGE}`);

function whole(text: string, name: string): number {
  if (!/^\d{1,7}$/.test(text)) throw usage(`${name} takes a whole number, not "${text}"`);
  return Number(text);
}

/** The program that is meant: the one named, or the only one there is. @throws AppError `usage`, `no_rules` */
export async function programOf(
  db: Database,
  named: string | undefined,
): Promise<{ program: string; published: RuleVersion[] }> {
  const programs = await allPrograms(db);
  const program = named ?? (programs.length === 1 ? programs[0] : undefined);
  if (program === undefined || !programs.includes(program)) {
    throw new AppError('usage', 400, `Say which program with --program; there are: ${programs.join(', ') || 'none'}.`);
  }
  const versions = await inTransaction(db, { programs: [program] }, (tx) => ruleVersions(tx, [program]));
  return { program, published: versions.get(program) ?? [] };
}

import { type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { changePromotion } from '../loyalty/control-promotion.js';
import { publishedVersions, versionInForce } from '../loyalty/program-versions.js';
import { type PromotionState, readPromotions } from '../loyalty/read-promotions.js';
import { speakerOf } from '../programs/speaker-of.js';
import { promotionText } from '../rules/how-it-works/promotion.js';
import { asSentence, type Speaker } from '../rules/how-it-works/speaker.js';
import {
  type ChangePromotion,
  copied,
  paused,
  resumed,
  scheduled,
  stopped,
} from '../rules/promotions/change-promotion.js';
import type { Command } from './command.js';
import { conflictLines } from './conflict-text.js';
import { openLedger } from './open-ledger.js';

const USAGE = `promotion list <program>, promotion conflicts <program>, promotion pause <program> <id> (or resume, stop),
promotion schedule <program> <id> <from> <to> (as 2026-11-27T00:00, the shop's own time), or
promotion copy <program> <id> <new id> [years later, 1 if not said].`;

/** What each act makes of a promotion, and what the audit calls it. */
const CHANGES: Record<string, { what: string; change(rest: readonly string[]): ChangePromotion | null }> = {
  pause: { what: 'paused', change: () => paused },
  resume: { what: 'resumed', change: () => resumed },
  stop: { what: 'stopped', change: () => stopped },
  schedule: {
    what: 'scheduled',
    change: ([from = '', to = '']) => (isLocal(from) && isLocal(to) ? scheduled({ from, to }) : null),
  },
  copy: {
    what: 'copied',
    change: ([as, years = '1']) => (as !== undefined && /^\d{1,2}$/.test(years) ? copied(as, Number(years)) : null),
  },
};
const isLocal = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text);

/** Promotions of the running program: how they stand, which of them meet; pauses, resumes, stops, plans and copies one at once. */
export const command: Command = async (invocation) => {
  const [act = '', program = '', id, ...rest] = invocation.args;
  const look = LOOKS[act];
  const { what, change } = CHANGES[act] ?? {};
  const how = change?.(rest) ?? null;
  if (!/^\d{1,18}$/.test(program) || !(look || (how && what !== undefined && id !== undefined)))
    throw new AppError('usage', 400, `Say what to do, and with which program, by its number: ${USAGE}`);
  const db = await openLedger(invocation);
  const lines = await inTransaction(db, { programs: [program] }, async (tx) => {
    if (look) return look(tx, program);
    if (!how || what === undefined || id === undefined) return [];
    const version = await changePromotion(tx, program, { id, what, change: how, by: 'command' }, Date.now());
    return [`${id} is ${what}: version ${version}, in force from now on`];
  });
  for (const line of lines) invocation.say(line);
  return 'done';
};

const LOOKS: Record<string, (tx: Tx, program: string) => Promise<string[]>> = {
  async list(tx, program) {
    const { file } = versionInForce(await publishedVersions(tx, program), Date.now());
    const states = await readPromotions(tx, program, file.rules, Date.now());
    return states.length === 0
      ? ['There are no promotions.']
      : states.flatMap((state) => stateLines(state, speakerOf(file, 'en')));
  },
  async conflicts(tx, program) {
    const { file } = versionInForce(await publishedVersions(tx, program), Date.now());
    const lines = conflictLines(file, Date.now());
    return lines.length === 0 ? ['No two promotions meet.'] : lines;
  },
};

function stateLines({ promotion, state, burn }: PromotionState, speaker: Speaker): string[] {
  const head = `${promotion.id}: ${state}. ${asSentence(promotionText(promotion, speaker))}`;
  if (!burn) return [head];
  const count = (points: bigint | number) => speaker.count(promotion.unit, Number(points));
  const rate = burn.perHour === null ? 'nothing given in the last week' : `${count(burn.perHour)} an hour`;
  const end = burn.runsOut === null ? 'no end in sight' : `the rest is gone by ${new Date(burn.runsOut).toISOString()}`;
  return [head, `  ${count(burn.granted)} of ${count(burn.ceiling)} given, ${count(burn.left)} left; ${rate}, ${end}`];
}

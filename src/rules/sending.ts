import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity } from './activities.js';
import type { LotState } from './books.js';
import { compile } from './compile.js';
import type { Known, KnownReceived } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { periodOf } from './rule-limits.js';
import { versionAt } from './versions.js';

export const SENDING_PERIODS = ['day', 'month', 'year'] as const;
/** What stands in the way of a sending. */
export type SendingLimit =
  'off' | 'ended' | 'min' | 'max' | 'step' | 'debt' | 'balance' | (typeof SENDING_PERIODS)[number];

export interface Sender {
  available: bigint;
  debt: bigint;
  /** What they sent before, of the program's unit. */
  before: readonly { at: Millis; points: number }[];
}

/** Why a member may not send so many points at an instant; null = they may. Asked when it is done, never again. */
export function refusesSending(rules: ProgramRules, points: number, sender: Sender, at: Millis): SendingLimit | null {
  const { sending: rule } = rules;
  if (!rule) return 'off';
  if (at >= compile(rules).redeemsUntil) return 'ended';
  if (points < rule.min) return 'min';
  if (rule.max !== undefined && points > rule.max) return 'max';
  if (points % rule.step !== 0) return 'step';
  if (sender.debt > 0n) return 'debt';
  const full = roomOf(rules, sender, at).find(({ room }) => room < points);
  return full?.per ?? (sender.available < BigInt(points) ? 'balance' : null);
}

/** The most that a member may send at an instant; 0 = nothing. */
export function mostToSend(rules: ProgramRules, sender: Sender, at: Millis): number {
  const { min = 1, max = Infinity, step = 1 } = rules.sending ?? {};
  const rooms = roomOf(rules, sender, at).map(({ room }) => room);
  const room = Math.min(max, Number(sender.available), ...rooms);
  const most = Math.max(0, Math.floor(room / step) * step);
  return most >= min && refusesSending(rules, most, sender, at) === null ? most : 0;
}

/** By period that has a limit, what is left of it. */
function roomOf(rules: ProgramRules, { before }: Sender, at: Millis) {
  const { calendar } = compile(rules);
  return SENDING_PERIODS.flatMap((per) => {
    const most = rules.sending?.limits?.[per];
    if (most === undefined) return [];
    const now = periodOf(per, calendar, at);
    const sent = before.filter((one) => periodOf(per, calendar, one.at) === now);
    return [{ per, room: sent.reduce((left, one) => left - one.points, most) }];
  });
}

/**
 * What so many points are made of when they go: those that end soonest first, each part with its end. `lots` = the sender's usable
 * ones in drawing order, with enough in them.
 */
export function partsOf(lots: readonly Pick<LotState, 'left' | 'ends'>[], points: number): KnownReceived['parts'] {
  const parts: { points: number; ends: Millis | null }[] = [];
  let rest = BigInt(points);
  for (const { left, ends } of lots) {
    const taken = left < rest ? left : rest;
    if (taken <= 0n) continue;
    rest -= taken;
    const last = parts.at(-1);
    if (last?.ends === ends) last.points += Number(taken);
    else parts.push({ points: Number(taken), ends });
  }
  return parts;
}

/** The lot of one part of what was received. */
export const lotOfPart = (id: string, parts: readonly unknown[], at: number): string =>
  parts.length === 1 ? `send:${id}` : `send:${id}#${at + 1}`;

/** What members were sent: usable at once, final, and it ends when it would have ended with the sender, whatever either does. */
export function receivedOf(known: Known, now: Millis): Activity[] {
  return (known.received ?? [])
    .filter(({ at }) => at <= now)
    .flatMap(({ id, member, at, unit: of, parts }) => {
      const { rules } = versionAt(known.rules, at);
      return parts.map(({ points, ends }, i): Activity => {
        const steps = [{ at, target: BigInt(points) }];
        const given = activity(lotOfPart(id, parts, i), member, of, compile(rules), steps);
        return { ...given, cause: `send:${id}`, kind: 'receive', expiry: { kind: 'none' }, lasts: ends };
      });
    });
}

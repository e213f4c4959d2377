import type { Millis } from '../../lib/clock.js';
import { civilOf } from '../../rules/calendar.js';
import { compile } from '../../rules/compile.js';
import { compare, floor, fraction, minus } from '../../rules/fraction.js';
import type { Goal } from '../../rules/goals/index.js';
import type { GoalStanding } from '../../rules/goal-standing.js';
import { perkTexts } from '../../rules/how-it-works/perks.js';
import type { Speaker } from '../../rules/how-it-works/speaker.js';
import type { ProgramRules, StampCard, Tiers } from '../../rules/program-rules.js';
import type { Standing } from '../../rules/standing.js';
import type { Climb } from '../../rules/tier-windows.js';
import type { LevelChange } from '../../rules/level-changes.js';
import { AMOUNTS, LEVEL_CHANGES, PROGRESS } from './progress-words.js';
import type { MemberAnswer } from './verbs.js';

interface Telling {
  rules: ProgramRules;
  speaker: Speaker;
}

type Ladder = NonNullable<MemberAnswer['ladder']>;
type Counts = keyof typeof AMOUNTS | 'spend';

/** The levels of the tiers from the lowest up, and what the next one asks for (C15); null without tiers. */
export function ladderView(telling: Telling, { tier, climb, levels }: Standing): Ladder | null {
  const { tiers } = telling.rules;
  if (!tiers || tiers.levels.length === 0) return null;
  const { speaker } = telling;
  const at = tiers.levels.findIndex(({ id }) => id === tier);
  const next = climb && at >= 0 ? (tiers.levels[at + 1] ?? null) : null;
  const needs = next && climb ? asksOf(tiers, at + 1, climb) : null;
  return {
    level: tier,
    levels: tiers.levels.map(({ id, enter, perks }) => ({
      id,
      name: speaker.name('tier', id),
      enter: String(enter),
      perks: perkTexts(perks, speaker),
    })),
    have: climb ? floor(climb.sum).toString() : '0',
    needs: needs === null ? null : String(needs),
    sentence: climb && at >= 0 ? climbSentence(telling, tiers, at, climb) : null,
    changes: levels
      .slice(-MOST_CHANGES)
      .reverse()
      .map((change) => changeView(telling, tiers, change)),
  };
}

const MOST_CHANGES = 20;

/** One change of the level and why: on the way down, too, nobody is left to wonder. */
function changeView(telling: Telling, tiers: Tiers, change: LevelChange): Ladder['changes'][number] {
  const { speaker } = telling;
  const { at, from, to, why, of, sum, asks } = change;
  const nameOf = (id: string | null) => (id === null ? '–' : speaker.name('tier', id));
  const values = {
    ...{ date: dayOf(telling, at), from: nameOf(from), to: nameOf(to) },
    ...{ amount: levelAmount(speaker, tiers, sum), asks: levelAmount(speaker, tiers, BigInt(asks ?? 0)) },
  };
  const sentence = speaker.say(LEVEL_CHANGES[why], values);
  return { at: new Date(at).toISOString(), from, to, why, of, sentence };
}

/** So much of what the levels count. */
function levelAmount(speaker: Speaker, { basis, unit }: Tiers, n: bigint): string {
  return basis === 'points' ? speaker.count(unit, Number(n)) : amountText(speaker, basis, n);
}

/** What it takes to reach a level: less, where the rules say so, for one that was held before. */
function asksOf(tiers: Tiers, place: number, { held }: Climb): number {
  const level = tiers.levels[place];
  if (!level) return 0;
  return place <= held ? (level.reenter ?? level.enter) : level.enter;
}

function climbSentence(telling: Telling, tiers: Tiers, at: number, climb: Climb): string {
  const { speaker } = telling;
  const nameOf = (place: number) => speaker.name('tier', tiers.levels[place]?.id ?? '');
  const dated = until(telling, climb.ends);
  const missing = (of: number) => {
    const left = minus(fraction(of), climb.sum);
    // what is missing of a fraction is said rounded up: so much is enough
    return compare(left, fraction(0)) <= 0 ? 0n : -floor({ n: -left.n, d: left.d });
  };
  const amount = (n: bigint) => levelAmount(speaker, tiers, n);
  // what is about to be lost comes before what might be won
  if (tiers.downgradeEach !== undefined && climb.falls !== null && at > 0) {
    const asks = climb.place < at ? asksOf(tiers, at, climb) : (tiers.levels[at]?.keep ?? asksOf(tiers, at, climb));
    const values = { ...until(telling, climb.falls), tier: nameOf(at), amount: amount(missing(asks)) };
    return speaker.say(PROGRESS.stay, values);
  }
  if (at + 1 < tiers.levels.length) {
    const values = { ...dated, tier: nameOf(at + 1), amount: amount(missing(asksOf(tiers, at + 1, climb))) };
    return speaker.say(tiers.basis === 'spend' ? PROGRESS.spendTo : PROGRESS.climbTo, values);
  }
  const level = tiers.levels[at];
  const left = level && at > 0 ? missing(level.keep ?? level.enter) : 0n;
  if (climb.ends !== null && left > 0n)
    return speaker.say(PROGRESS.stay, { ...dated, tier: nameOf(at), amount: amount(left) });
  return speaker.say(PROGRESS.top, { tier: nameOf(at) });
}

/** The day of an instant in the program's zone, in words. */
function dayOf({ rules, speaker }: Telling, at: Millis): string {
  const { year, month, day } = civilOf(compile(rules).calendar.dayOf(at));
  return speaker.date([year, month, day].map((part) => String(part).padStart(2, '0')).join('-'));
}

/** "By when" as sentences ask for it: the last day of the time that ends with an instant. */
function until(telling: Telling, ends: Millis | null): { dated: string; date: string } {
  return ends === null ? { dated: 'no', date: '' } : { dated: 'yes', date: dayOf(telling, ends - 1) };
}

function amountText(speaker: Speaker, counts: Counts, n: bigint): string {
  return counts === 'spend' ? speaker.money(Number(n)) : speaker.say(AMOUNTS[counts], { n: Number(n) });
}

/** A card under way: how many stamps it has and needs, and what the full one gives. */
export function cardView({ speaker }: Telling, card: StampCard, standing: Standing['stamps'][string] | undefined) {
  const { stamps = card.start ?? 0, filled = 0 } = standing ?? {};
  const reward = speaker.count(card.pays.unit, card.pays.gives);
  return {
    stamps,
    needs: card.needs,
    filled,
    name: speaker.named('rule', [card.id])?.[0] ?? null,
    sentence: speaker.say(PROGRESS.stamps, { n: card.needs - stamps, reward }),
  };
}

/** How far a goal is, in a sentence. */
export function goalSentence(telling: Telling, goal: Goal, standing: GoalStanding | undefined): string {
  const { speaker } = telling;
  const { within, needs, every } = goal;
  const reward = rewardOf(goal, speaker);
  const reached = standing?.reached ?? null;
  const again = every || within.kind === 'each';
  if (reached !== null && !again) return speaker.say(PROGRESS.reached, { date: dayOf(telling, reached), reward });
  const have = standing?.have ?? 0n;
  const left = BigInt(needs) > have ? BigInt(needs) - have : 0n;
  const counts: Counts = within.kind === 'streak' ? `${within.period}s` : goal.counts.kind;
  const dated = until(telling, standing?.ends ?? null);
  return speaker.say(PROGRESS.goal, { ...dated, amount: amountText(speaker, counts, left), reward });
}

function rewardOf({ gives, unit, badge }: Goal, speaker: Speaker): string {
  return speaker.all([
    ...(gives > 0 ? [speaker.count(unit, gives)] : []),
    ...(badge === undefined ? [] : [speaker.say(PROGRESS.badge, { badge })]),
  ]);
}

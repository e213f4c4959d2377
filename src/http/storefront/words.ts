import type { HistoryRow } from '../../loyalty/read-history.js';
import { leastOfSlider } from '../../rewards/slider.js';
import { parseFraction } from '../../rules/fraction.js';
import type { Redeemable } from '../../rules/limits.js';
import { howItWorks } from '../../rules/how-it-works/index.js';
import type { RewardRule } from '../../rules/program-rules.js';
import type { RoundedUp } from '../../rules/round-up.js';
import { creditOf } from '../../rewards/index.js';
import { missedText } from '../../rules/sentences.js';
import * as say from './say.js';
import type { SentenceKey } from './locales/en.js';
import { hasSentence, sentence } from './say.js';
import type { Spoken } from './spoken.js';
import type { HistoryAnswer, ProgramAnswer } from './verbs.js';

const amount = (text: string | number): number => {
  const { n, d } = parseFraction(text);
  return Number(n) / Number(d);
};

/** How one earns and how long it lasts, written by the rules that are in force: whatever the owner changes, this says. */
export function earningSentences({ rules, wording, nameOf }: Spoken): ProgramAnswer['earning'] {
  return howItWorks(rules, wording, nameOf)
    .filter(({ section, id }) => section === 'earning' || section === 'promotions' || id.startsWith('expiry-'))
    .map(({ id, sentence: said }) => ({ id, sentence: said }));
}

/** What a reward is called: the owner's own name for it, else what it is. */
export function rewardTitle({ nameOf, speaker, language }: Spoken, reward: RewardRule): string {
  const named = nameOf('rule', reward.id);
  if (named !== null) return named;
  switch (reward.kind) {
    case 'amount-off':
      return sentence('reward.amount-off', language, { money: speaker.money(reward.off) });
    case 'percent-off':
      return sentence('reward.percent-off', language, { percent: speaker.percent(reward.percent) });
    case 'donation':
      return sentence('reward.donation', language, { money: speaker.money(reward.gives), cause: reward.cause });
    case 'store-credit':
      return sentence('reward.store-credit', language, { money: speaker.money(reward.gives) });
    case 'by-hand':
      return reward.what;
    case 'slider':
      return sentence('reward.slider', language, {
        money: speaker.money(reward.off),
        pts: speaker.count(reward.unit, reward.step),
      });
    case 'product':
      return nameOf('product', reward.product ?? '') ?? sentence('reward.product', language);
    default:
      return sentence(`reward.${reward.kind}`, language);
  }
}

export function promiseSentence({ rules, speaker, language }: Spoken, gives: Readonly<Record<string, bigint>>): string {
  const given = Object.entries(gives).filter(([, points]) => points > 0n);
  if (given.length > 0) {
    const pts = speaker.all(given.map(([unit, points]) => speaker.count(unit, Number(points))));
    return sentence('promise.some', language, { pts });
  }
  const earned = [...new Set(rules.earning.map(({ unit }) => unit))];
  const units = earned.length > 0 ? earned : Object.keys(rules.units);
  const any = (say: (unit: string) => string) => speaker.any(units.map(say));
  return sentence('promise.none', language, {
    units: any((unit) => speaker.units(unit)),
    zero: any((unit) => speaker.count(unit, 0)),
  });
}

/** What rounding up would give. */
export function roundUpSentence(
  { speaker, language }: Spoken,
  { add, total }: RoundedUp,
  gives: Readonly<Record<string, bigint>>,
): string {
  const pts = speaker.all(Object.entries(gives).map(([unit, points]) => speaker.count(unit, Number(points))));
  return sentence('promise.round-up', language, { money: speaker.money(add), total: speaker.money(total), pts });
}

/** The most that can be used here and the limit that binds, or why nothing can. */
export function limitSentence(
  { speaker, language }: Spoken,
  reward: RewardRule,
  answer: Redeemable,
  available: bigint,
): string {
  const count = (points: bigint | number) => speaker.count(reward.unit, Number(points));
  const price = reward.kind === 'slider' ? leastOfSlider(reward) : reward.points;
  const missing = BigInt(price) - available;
  const values = {
    units: speaker.units(reward.unit),
    pts: count(answer.points),
    money: speaker.money(creditOf(reward, answer.points) ?? answer.off),
    missing: count(missing > 0n ? missing : 0n),
    pct: say.percentText(reward.kind === 'slider' && reward.share !== undefined ? amount(reward.share) : 1, language),
    step: count(reward.kind === 'slider' ? reward.step : reward.kind === 'store-credit' ? reward.points : 1),
    min: count(price),
    minCart: speaker.money(reward.minCart ?? 0),
  };
  const key =
    answer.points === 0n ? `limit.none.${answer.binding}` : answer.binding ? `limit.${answer.binding}` : 'limit.free';
  // the balance binds, but what is left of it is less than a step: it is not the balance that is named
  if (key === 'limit.balance' && answer.points < available) return sentence('limit.balance-step', language, values);
  if (key === 'limit.max' && reward.kind === 'store-credit') return sentence('limit.max-at-once', language, values);
  if (key === 'limit.free' && answer.off === 0) return sentence('limit.free-plain', language, values);
  return hasSentence(key) ? sentence(key, language, values) : sentence('limit.free', language, values);
}

/** As the shop calls the order that a line is of; by its id where it was kept without a name. */
export function orderName({ cause, order_name }: HistoryRow): string | null {
  return cause.startsWith('order:') ? (order_name ?? `#${cause.slice(cause.lastIndexOf('/') + 1)}`) : null;
}

/** The owner's word for what a line is of, where rules have names: a deed's, or a goal's. */
function nameOfLine({ rules, nameOf }: Spoken, { cause, rule, explanation }: HistoryRow): string {
  const isGoal = cause.startsWith('goal:');
  if (cause.startsWith('place:')) {
    const board = (rule ?? '').slice(0, rule?.lastIndexOf('#'));
    return nameOf('rule', board) ?? rules.leaderboards?.find(({ id }) => id === board)?.name ?? board;
  }
  const id = (isGoal ? explanation?.because[0]?.rule : rule) ?? '';
  return nameOf('rule', id) ?? (isGoal ? rules.goals : rules.deeds).find((one) => one.id === id)?.name ?? id;
}

/** What was given and holds no longer (a review made spam), and what was taken back and holds again (a refund that was deleted). */
const TAKEN: Readonly<Record<string, string>> = { earn: 'take-back', 'give-back': 'spend' };
const AGAIN: Readonly<Record<string, string>> = { 'take-back': 'count-again' };

export const otherOf = ({ otherName }: Pick<HistoryRow, 'otherName'>) => ({
  named: otherName === undefined ? 'no' : 'yes',
  other: otherName ?? '',
});

/** What somebody does for a household, and what takes it back; what becomes of it then is the head's own. */
const DONE_FOR_OTHERS: ReadonlySet<string> = new Set(['earn', 'take-back', 'owe']);

/** What a line of the history is about, and who of the household did it where that was somebody else. */
export function lineSentence(spoken: Spoken, row: HistoryRow): string {
  const line = aboutLine(spoken, row);
  if (row.earner === null || !DONE_FOR_OTHERS.has(row.kind)) return line;
  return sentence('line.of-household', spoken.language, { ...otherOf(row), line });
}

function aboutLine(spoken: Spoken, row: HistoryRow): string {
  const cause = row.cause.slice(0, row.cause.indexOf(':'));
  const units = spoken.speaker.units(row.unit);
  const rank = Number(row.rule?.split('#').at(-1) ?? 0);
  const name = nameOfLine(spoken, row);
  const values = { order: orderName(row) ?? '', reason: row.said ?? '', name, units, rank, ...otherOf(row) };
  const turned = BigInt(row.points) < 0n ? TAKEN[row.kind] : AGAIN[row.kind];
  const kind = row.kind === 'take-back' && row.reason === 'cancelled' ? 'cancelled' : row.kind;
  const keys = [`line.${turned ?? kind}.${cause}`, `line.${turned ?? row.kind}`];
  return sentence(keys.find(hasSentence) ?? 'line.other', spoken.language, values);
}

type Part = HistoryAnswer['lines'][number]['parts'][number];

/**
 * What a line is made of. Each rule with its figures and, where these are whole, its points, which then add up to the line;
 * else the rounding carries the sum. An order's decision speaks of the order as it is now: a line from before something came
 * back is its own sum, followed by what counts now.
 */
export function partSentences(spoken: Spoken, row: HistoryRow): Part[] {
  const { explanation, unit, points } = row;
  const { speaker, language, rules } = spoken;
  const whole = (key: SentenceKey, of: string): Part => ({
    sentence: sentence(key, language, { pts: speaker.count(unit, Number(of)) }),
    points: of === points ? of : null,
    line: null,
  });
  if (!explanation) return [];
  if (explanation.because.length === 0 || row.rule !== null)
    return row.kind === 'earn' && BigInt(points) > 0n ? giftParts(spoken, row, whole) : [];
  const now = sumOf(explanation.lines[unit] ?? {});
  const exacts = explanation.because.map(({ exact }) => parseFraction(exact));
  const isExact = exacts.every(({ d }) => d === 1n) && exacts.reduce((sum, { n }) => sum + n, 0n) === BigInt(now);
  const isAll = now === points;
  const parts = explanation.because.map((because, i): Part => ({
    sentence: becauseSentence(spoken, because),
    points: isAll && isExact ? String(exacts[i]?.n) : null,
    line: because.line ?? null,
  }));
  if (!isAll) return [...(row.kind === 'earn' ? [whole('part.then', points)] : []), ...parts, whole('part.now', now)];
  if (isExact) return parts;
  const how = rules.units[unit]?.rounding ?? 'floor';
  const values = { how, pts: speaker.count(unit, Number(points)) };
  return [...parts, { sentence: sentence('part.rounding', language, values), points, line: null }];
}

const sumOf = (lines: Readonly<Record<string, string>>): string =>
  Object.values(lines)
    .reduce((sum, points) => sum + BigInt(points), 0n)
    .toString();

/** What is given whole, without arithmetic: the rule that gave it. */
function giftParts(spoken: Spoken, row: HistoryRow, whole: (key: SentenceKey, of: string) => Part): Part[] {
  const key = `earning.${row.cause.slice(0, row.cause.indexOf(':'))}`;
  if (key === 'earning.joining' || key === 'earning.join') return [whole('earning.joining', row.points)];
  if (key === 'earning.review' || key === 'earning.birthday') return [whole(key, row.points)];
  return [{ sentence: aboutLine(spoken, row), points: row.points, line: null }];
}

/** One step of the arithmetic, in a sentence. */
export function becauseSentence(
  { speaker, language }: Spoken,
  because: NonNullable<HistoryRow['explanation']>['because'][number],
): string {
  const money = (minor: string | number) => speaker.money(amount(minor));
  const { figures } = because;
  const key = `part.${because.kind}`;
  return sentence(hasSentence(key) ? key : 'part.promotion', language, {
    rule: speaker.name('rule', because.rule),
    level: speaker.name('tier', because.rule),
    exact: say.figureText(amount(because.exact), language),
    money: money(figures['base'] ?? 0),
    per: money(figures['money'] ?? figures['per'] ?? 0),
    pts: speaker.count(because.unit, figures['points'] ?? 0, 3),
  });
}

export function missedSentence({ speaker, language }: Spoken, rule: string, why: string): string {
  return `${speaker.name('rule', rule)}: ${missedText(language, why)}`;
}

import type { HistoryRow } from '../../loyalty/read-history.js';
import { parseFraction } from '../../rules/fraction.js';
import type { Redeemable } from '../../rules/limits.js';
import { howItWorks } from '../../rules/how-it-works/index.js';
import type { ProgramRules, RewardRule } from '../../rules/program-rules.js';
import { missedText } from '../../rules/sentences.js';
import * as say from './say.js';
import type { SentenceKey } from './locales/en.js';
import { hasSentence, sentence } from './say.js';
import type { HistoryAnswer, Language, ProgramAnswer } from './verbs.js';

const amount = (text: string | number): number => {
  const { n, d } = parseFraction(text);
  return Number(n) / Number(d);
};

/** How one earns and how long it lasts, written by the rules that are in force: whatever the owner changes, this says. */
export function earningSentences(rules: ProgramRules, language: Language): ProgramAnswer['earning'] {
  return howItWorks(rules, { locale: language, money: rules.money })
    .filter(({ section, id }) => section === 'earning' || section === 'promotions' || id.startsWith('expiry-'))
    .map(({ id, sentence: said }) => ({ id, sentence: said }));
}

export function unitForms(unit: string, language: Language): { forms: Record<string, string>; symbol: string | null } {
  return { forms: say.formsOf(unit, language), symbol: null };
}

export function rewardTitle(rules: ProgramRules, reward: RewardRule, language: Language): string {
  const money = (minor: number) => say.moneyText(minor, rules.money, language);
  switch (reward.kind) {
    case 'amount-off':
      return sentence('reward.amount-off', language, { money: money(reward.off) });
    case 'percent-off':
      return sentence('reward.percent-off', language, {
        percent: say.percentText(amount(reward.percent) / 100, language),
      });
    case 'donation':
      return sentence('reward.donation', language, { money: money(reward.gives), cause: reward.cause });
    case 'slider':
      return sentence('reward.slider', language, {
        money: money(reward.off),
        pts: say.counted(reward.step, reward.unit, language),
      });
    default:
      return sentence(`reward.${reward.kind}`, language);
  }
}

export function promiseSentence(gives: Readonly<Record<string, bigint>>, language: Language): string {
  const [first] = Object.entries(gives).filter(([, points]) => points > 0n);
  if (!first) return sentence('promise.none', language);
  return sentence('promise.some', language, { pts: say.counted(first[1], first[0], language) });
}

/** The most that can be used here and the limit that binds, or why nothing can. */
export function limitSentence(
  rules: ProgramRules,
  reward: RewardRule,
  answer: Redeemable,
  available: bigint,
  language: Language,
): string {
  const count = (points: bigint | number) => say.counted(points, reward.unit, language);
  const money = (minor: number) => say.moneyText(minor, rules.money, language);
  const price = reward.kind === 'slider' ? (reward.min ?? reward.step) : reward.points;
  const missing = BigInt(price) - available;
  const values = {
    pts: count(answer.points),
    money: money(answer.off),
    missing: count(missing > 0n ? missing : 0n),
    pct: say.percentText(reward.kind === 'slider' && reward.share !== undefined ? amount(reward.share) : 1, language),
    step: count(reward.kind === 'slider' ? reward.step : 1),
    min: count(price),
    minCart: money(reward.minCart ?? 0),
  };
  const key =
    answer.points === 0n ? `limit.none.${answer.binding}` : answer.binding ? `limit.${answer.binding}` : 'limit.free';
  if (key === 'limit.free' && answer.off === 0) return sentence('limit.free-plain', language, values);
  return hasSentence(key) ? sentence(key, language, values) : sentence('limit.free', language, values);
}

/** As the shop calls the order that a line is of; by its id where it was kept without a name. */
export function orderName({ cause, order_name }: HistoryRow): string | null {
  return cause.startsWith('order:') ? (order_name ?? `#${cause.slice(cause.lastIndexOf('/') + 1)}`) : null;
}

/** The owner's word for what a line is of, where rules have names: a deed's, or a goal's. */
function nameOf(rules: ProgramRules, { cause, rule, explanation }: HistoryRow): string {
  if (!cause.startsWith('goal:')) return rules.deeds.find(({ id }) => id === rule)?.name ?? rule ?? '';
  const goal = explanation?.because[0]?.rule ?? '';
  return rules.goals.find(({ id }) => id === goal)?.name ?? goal;
}

/** What a line of the history is about. */
export function lineSentence(rules: ProgramRules, row: HistoryRow, language: Language): string {
  const cause = row.cause.slice(0, row.cause.indexOf(':'));
  const values = { order: orderName(row) ?? '', reason: row.said ?? '', name: nameOf(rules, row) };
  const keys = [`line.${row.kind}.${cause}`, `line.${row.kind}`];
  return sentence(keys.find(hasSentence) ?? 'line.other', language, values);
}

type Part = HistoryAnswer['lines'][number]['parts'][number];

/**
 * What a line is made of. Each rule with its figures and, where these are whole, its points, which then add up to the line;
 * else the rounding carries the sum. An order's decision speaks of the order as it is now: a line from before something came
 * back is its own sum, followed by what counts now.
 */
export function partSentences(rules: ProgramRules, row: HistoryRow, language: Language): Part[] {
  const { explanation, unit, points } = row;
  const whole = (key: SentenceKey, of: string): Part => ({
    sentence: sentence(key, language, { pts: say.counted(BigInt(of), unit, language) }),
    points: of === points ? of : null,
    line: null,
  });
  if (!explanation) return [];
  if (explanation.because.length === 0 || row.rule !== null)
    return row.kind === 'earn' ? giftParts(rules, row, language, whole) : [];
  const now = sumOf(explanation.lines[unit] ?? {});
  const exacts = explanation.because.map(({ exact }) => parseFraction(exact));
  const isExact = exacts.every(({ d }) => d === 1n) && exacts.reduce((sum, { n }) => sum + n, 0n) === BigInt(now);
  const isAll = now === points;
  const parts = explanation.because.map((because, i): Part => ({
    sentence: becauseSentence(rules, because, language),
    points: isAll && isExact ? String(exacts[i]?.n) : null,
    line: because.line ?? null,
  }));
  if (!isAll) return [...(row.kind === 'earn' ? [whole('part.then', points)] : []), ...parts, whole('part.now', now)];
  if (isExact) return parts;
  const how = rules.units[unit]?.rounding ?? 'floor';
  const values = { how, pts: say.counted(BigInt(points), unit, language) };
  return [...parts, { sentence: sentence('part.rounding', language, values), points, line: null }];
}

const sumOf = (lines: Readonly<Record<string, string>>): string =>
  Object.values(lines)
    .reduce((sum, points) => sum + BigInt(points), 0n)
    .toString();

/** What is given whole, without arithmetic: the rule that gave it. */
function giftParts(
  rules: ProgramRules,
  row: HistoryRow,
  language: Language,
  whole: (key: SentenceKey, of: string) => Part,
): Part[] {
  const key = `earning.${row.cause.slice(0, row.cause.indexOf(':'))}`;
  if (key === 'earning.joining' || key === 'earning.join') return [whole('earning.joining', row.points)];
  if (key === 'earning.review' || key === 'earning.birthday') return [whole(key, row.points)];
  return [{ sentence: lineSentence(rules, row, language), points: row.points, line: null }];
}

function becauseSentence(
  rules: ProgramRules,
  because: NonNullable<HistoryRow['explanation']>['because'][number],
  language: Language,
): string {
  const money = (minor: string | number) => say.moneyText(amount(minor), rules.money, language);
  const { figures } = because;
  const points = say.figureText(amount(figures['points'] ?? 0), language);
  const key = `part.${because.kind}`;
  return sentence(hasSentence(key) ? key : 'part.promotion', language, {
    rule: because.rule,
    exact: say.figureText(amount(because.exact), language),
    money: money(figures['base'] ?? 0),
    per: money(figures['money'] ?? figures['per'] ?? 0),
    points,
    gives: points,
  });
}

export function missedSentence(rule: string, why: string, language: Language): string {
  return `${rule}: ${missedText(language, why)}`;
}

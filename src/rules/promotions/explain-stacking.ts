import { compile } from '../compile.js';
import { judgeLines } from '../judge-lines.js';
import type { ProgramRules, Promotion } from '../program-rules.js';
import { remainsOf, scaleOf } from '../remains.js';
import { WHOLE_ROOM } from '../rule-limits.js';
import type { ExampleOrder } from './example-order.js';

/** One step of how an order comes to its points, in the order in which they are applied. */
export interface StackingStep {
  /** The rules without promotions and levels; one promotion; the level that the member holds. */
  kind: 'plain' | 'promotion' | 'level';
  id: string;
  /** What the order gives with this step and all before it. */
  total: bigint;
  /** How much this step changes that; less than nothing where an exclusive promotion takes the place of a better one. */
  gain: bigint;
  /** What it would give more if it were the only promotion. */
  alone: bigint;
  /** Why it does not apply at all; null = it does. */
  missed: string | null;
}

export interface Stacking {
  unit: string;
  stacking: ProgramRules['stacking'];
  steps: StackingStep[];
  total: bigint;
}

/**
 * How promotions join on an order, step by step: first what it gives plainly, then the promotions without a ceiling as they
 * are written, then the level, then the promotions with a ceiling as they are written, each worked out by the rules themselves
 * and rounded as they round. Ceilings have room for all.
 */
export function explainStacking(rules: ProgramRules, example: ExampleOrder, unit = 'points'): Stacking {
  const own = rules.promotions.filter((promotion) => promotion.unit === unit);
  const [free, limited] = [own.filter(({ ceiling }) => !ceiling), own.filter(({ ceiling }) => ceiling)];
  const withoutLevels = plainLevels(rules);
  const plain = pointsOf({ ...withoutLevels, promotions: [] }, example, unit);
  const missed = missedBy(rules, example);
  const steps: StackingStep[] = [];
  let total = 0n;
  const applied: Promotion[] = [];
  const step = (kind: StackingStep['kind'], id: string, next: bigint, alone: bigint) => {
    steps.push({
      kind,
      id,
      total: next,
      gain: next - total,
      alone,
      missed: kind === 'promotion' ? (missed.get(id) ?? null) : null,
    });
    total = next;
  };
  const promote = (promotion: Promotion, levels: ProgramRules) => {
    applied.push(promotion);
    const alone = pointsOf({ ...withoutLevels, promotions: [promotion] }, example, unit) - plain;
    step('promotion', promotion.id, pointsOf({ ...levels, promotions: inOrder(own, applied) }, example, unit), alone);
  };
  step('plain', 'plain', plain, plain);
  for (const promotion of free) promote(promotion, withoutLevels);
  const level = levelOf(rules, example, unit);
  if (level !== null) {
    const alone = pointsOf({ ...rules, promotions: [] }, example, unit) - plain;
    step('level', level, pointsOf({ ...rules, promotions: inOrder(own, applied) }, example, unit), alone);
  }
  for (const promotion of limited) promote(promotion, rules);
  return { unit, stacking: rules.stacking, steps, total };
}

/** What an order gives by these rules, ceilings with room for all. */
export function pointsOf(rules: ProgramRules, { order, pins }: ExampleOrder, unit: string): bigint {
  const scale = scaleOf(rules, order.money);
  if (scale === null) return 0n;
  return (
    judgeLines(compile(rules), { order, pins, scale, grants: null, room: WHOLE_ROOM }, remainsOf(order, pins.moment))
      .gives[unit] ?? 0n
  );
}

/** Of the promotions that do not apply, why. */
export function missedBy(rules: ProgramRules, { order, pins }: ExampleOrder): Map<string, string> {
  const scale = scaleOf(rules, order.money);
  if (scale === null) return new Map(rules.promotions.map(({ id }) => [id, 'currencies']));
  const { missed } = judgeLines(
    compile(rules),
    { order, pins, scale, grants: null, room: WHOLE_ROOM },
    remainsOf(order, pins.moment),
  );
  return new Map(missed.map(({ id, why }) => [id, why]));
}

const inOrder = (all: readonly Promotion[], some: readonly Promotion[]): Promotion[] =>
  all.filter((promotion) => some.includes(promotion));

/** The same rules with levels that multiply nothing. */
function plainLevels(rules: ProgramRules): ProgramRules {
  return rules.tiers ? { ...rules, tiers: { ...rules.tiers, multiplies: [] } } : rules;
}

/** The level that multiplies here; null = none does. */
function levelOf({ tiers }: ProgramRules, { pins }: ExampleOrder, unit: string): string | null {
  if (!tiers?.multiplies.includes(unit) || pins.tier === null) return null;
  return tiers.levels.find(({ id }) => id === pins.tier)?.multiplier === undefined ? null : pins.tier;
}

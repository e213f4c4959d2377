import type { Millis } from '../../lib/clock.js';
import type { MemberState } from '../../loyalty/member-state.js';
import type { RedemptionRow } from '../../loyalty/read-redemption.js';
import { type PiecesLeft, isSoldOut } from '../../loyalty/read-stock.js';
import type { StoreRef } from '../../loyalty/context.js';
import { redeemable } from '../../rewards/index.js';
import { leastOfSlider } from '../../rewards/slider.js';
import type { Cart } from '../../rules/cart.js';
import type { ProgramRules, RewardRule } from '../../rules/program-rules.js';
import type { RoundedUp } from '../../rules/round-up.js';
import { exponentOf } from '../../commerce/money.js';
import { iso, moneyOf } from './member-view.js';
import type { Cart as WireCart } from './schemas.js';
import type { Spoken } from './spoken.js';
import type { Language, PreviewAnswer, RedemptionAnswer } from './verbs.js';
import { limitSentence, roundUpSentence } from './words.js';

/** A cart as a widget sends it, in the engine's words. */
export function cartOf(store: StoreRef, cart: WireCart, language: Language): Cart {
  const { country, payment, giftCardPaid, coupons } = cart;
  return {
    store: store.store,
    channel: cart.channel,
    money: { code: cart.currency, exponent: exponentOf(cart.currency) },
    lines: cart.lines.map(({ variant, sku, ...line }) => ({
      ...line,
      ...(variant !== undefined && { variant }),
      ...(sku !== undefined && { sku }),
    })),
    shipping: cart.shipping,
    language,
    ...(country !== undefined && { country: country.toUpperCase() }),
    ...(payment !== undefined && { payments: [payment] }),
    ...(giftCardPaid !== undefined && { giftCardPaid }),
    ...(coupons !== undefined && { coupons: coupons.map((code) => code.toUpperCase()) }),
  };
}

/** What rounding up would give beside what the cart gives as it is; null = nothing. */
export function roundUpView(
  spoken: Spoken,
  rounded: RoundedUp | null,
  plain: Readonly<Record<string, bigint>>,
  then: Readonly<Record<string, bigint>>,
): PreviewAnswer['roundUp'] {
  const more = Object.entries(then).map(([unit, points]) => [unit, points - (plain[unit] ?? 0n)] as const);
  const gives = Object.fromEntries(more.filter(([, points]) => points > 0n));
  if (!rounded || Object.keys(gives).length === 0) return null;
  const { product, add, total } = rounded;
  return {
    product,
    ...{ add: moneyOf(spoken.rules, add), total: moneyOf(spoken.rules, total) },
    gives: Object.fromEntries(Object.entries(gives).map(([unit, points]) => [unit, points.toString()])),
    sentence: roundUpSentence(spoken, rounded, gives),
    causes: (spoken.rules.roundUp?.causes ?? []).map(({ id, product: bought }) => ({
      ...{ id, name: spoken.speaker.name('rule', id), product: bought },
    })),
  };
}

/** How much of each reward can be used on this cart, and which limit binds (T13). */
export function redeemView(
  spoken: Spoken,
  member: MemberState | null,
  cart: Cart,
  now: Millis,
  left: PiecesLeft = new Map(),
): PreviewAnswer['redeem'] {
  const { rules } = spoken;
  return rules.rewards.map((reward) => {
    const available = member?.balances.get(reward.unit)?.available ?? 0n;
    const soldOut = isSoldOut(left, reward);
    const who = { now, isMember: member !== null, tier: member?.standing.tier ?? null, available, soldOut };
    const answer = redeemable(rules, reward, who, cart);
    return {
      reward: reward.id,
      unit: reward.unit,
      points: answer.points.toString(),
      off: moneyOf(rules, answer.off),
      binding: answer.binding,
      sentence: limitSentence(spoken, reward, answer, available),
      ...stepsOf(reward),
    };
  });
}

function stepsOf(reward: RewardRule): { min: string | null; step: string | null } {
  if (reward.kind === 'store-credit') return { min: reward.points.toString(), step: reward.points.toString() };
  if (reward.kind !== 'slider') return { min: null, step: null };
  return { min: leastOfSlider(reward).toString(), step: reward.step.toString() };
}

export function heldView(rules: ProgramRules, held: readonly RedemptionRow[]): PreviewAnswer['held'] {
  return held.map((row) => ({
    redemption: row.id,
    reward: row.reward,
    points: row.points,
    off: moneyOf(rules, Number(row.off)),
    code: row.code_state === 'live' ? row.code : '',
    expiresAt: iso(row.expires_at.getTime()),
  }));
}

/** The code is told only once the platform has it: before, it would be refused at the checkout. */
export function redemptionView(rules: ProgramRules, row: RedemptionRow): RedemptionAnswer {
  return {
    id: row.id,
    state: row.state,
    reward: row.reward,
    unit: row.unit,
    points: row.points,
    off: moneyOf(rules, Number(row.off)),
    code: row.code_state === 'live' ? row.code : null,
    codeState: row.code_state,
    expiresAt: iso(row.expires_at.getTime()),
  };
}

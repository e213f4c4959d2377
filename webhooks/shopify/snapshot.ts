import type { Untold } from '../../src/commerce/inbound-platform.js';
import type { Minor, OrderSnapshot, Refund, UsedCode } from '../../src/commerce/order.js';
import { giftAmong } from '../../src/commerce/gift-attributes.js';
import { referralAmong } from '../../src/commerce/referral-attribute.js';
import type { Millis } from '../../src/lib/clock.js';
import { exponentOf, toMinor } from '../amounts.js';
import { editedAway, orderLine, shippingMoney, shippingOff, sum, total, type Prices } from './line-money.js';
import type { OrderFacts } from './order-facts.js';
import { refundOf, valueOf } from './refund-money.js';

const WAS_PAID = new Set(['paid', 'partially_paid', 'partially_refunded', 'refunded']);
/** A payment this soon after the order was placed was made with it; what is later is dated by its own transaction. */
const AT_ONCE: Millis = 15 * 60_000;

/**
 * The one translation of a Shopify order. `untold` names the parts that this source could not know: their values in
 * the snapshot are the best guess, to be replaced by what is known already or by a re-read through the API.
 */
export function snapshotOf(facts: OrderFacts): { order: OrderSnapshot; untold: Untold[] } {
  const exponent = exponentOf(facts.currency, amountsOf(facts));
  const prices: Prices = { exponent, taxesIncluded: facts.taxesIncluded };
  const removed = new Map(facts.lines.map((line) => [line.id, editedAway(line, refundedUnits(facts, line.id))]));
  const lines = facts.lines.flatMap((line) => orderLine(line, prices, removed.get(line.id) ?? 0) ?? []);
  const tips = lines.filter(({ kind }) => kind === 'tip').reduce((all, { net, tax }) => all + net + tax, 0);
  const paid = paidAt(facts);
  const giftCard = giftCardPaid(facts, exponent);
  const waived = shippingOff(facts, prices);
  const order: OrderSnapshot = {
    id: facts.id,
    name: facts.name,
    at: facts.updated,
    channel: facts.channel,
    customer: facts.customer,
    email: facts.email,
    phone: facts.phone,
    placed: facts.processed,
    paid: paid.at,
    fulfilled: facts.fulfilled,
    cancelled: facts.cancelled,
    test: facts.test,
    money: { code: facts.currency, exponent },
    lines,
    shipping: shippingMoney(facts.shipping, prices),
    ...(waived && { shippingOff: waived }),
    tip: Math.max(0, toMinor(facts.tip, exponent) - tips),
    outstanding: facts.standing === 'paid' ? 0 : Math.max(0, toMinor(facts.outstanding, exponent)),
    giftCardPaid: giftCard ?? 0,
    refunds: refundsOf(facts, prices, removed),
    disputes: facts.disputes ?? [],
    codes: usedCodes(facts, prices),
    referral: referralAmong(facts.attributes),
    ...giftAmong(facts.attributes),
    ...circumstancesOf(facts),
  };
  const untold: Untold[] = [];
  if (!paid.told) untold.push('paid');
  if (giftCard === null) untold.push('giftCardPaid');
  if (facts.disputes === null) untold.push('disputes');
  return { order, untold };
}

type Circumstances = Pick<OrderSnapshot, 'country' | 'language' | 'payments' | 'subscription' | 'company'>;

/** `source_name` of renewals has had several spellings that all begin so; the first order of a subscription is a shopper's. */
function circumstancesOf({ country, language, gateways, channel, company }: OrderFacts): Circumstances {
  const payments = gateways.filter((gateway) => gateway !== '');
  return {
    ...(country !== null && { country: country.toUpperCase() }),
    ...(language !== null && { language }),
    ...(payments.length > 0 && { payments }),
    ...(channel.startsWith('subscription_contract') && { subscription: true }),
    ...(company && { company: true }),
  };
}

/**
 * Paid from its first payment on; what is still owed is `outstanding` (never anything of an order that stands as paid:
 * those that other programs create as paid have no transactions, and their `total_outstanding` stays). A body lists no payments: when it was written
 * soon after the order was placed, it was paid at once, else only the transactions can tell.
 */
function paidAt(facts: OrderFacts): { at: Millis | null; told: boolean } {
  if (facts.standing === null || !WAS_PAID.has(facts.standing)) return { at: null, told: true };
  if (facts.payments === null) return { at: facts.processed, told: facts.updated - facts.processed <= AT_ONCE };
  const first = facts.payments.reduce((soonest, { at }) => Math.min(soonest, at), Number.POSITIVE_INFINITY);
  return { at: first - facts.processed <= AT_ONCE || first === Infinity ? facts.processed : first, told: true };
}

/** Null = paid in part by a gift card, and this source does not say how much. */
function giftCardPaid(facts: OrderFacts, exponent: number): Minor | null {
  if (facts.payments !== null) {
    return facts.payments
      .filter(({ giftCard }) => giftCard)
      .reduce((all, { amount }) => all + toMinor(amount, exponent), 0);
  }
  if (!facts.gateways.includes('gift_card')) return 0;
  if (facts.gateways.some((gateway) => gateway !== 'gift_card')) return null;
  return Math.max(0, toMinor(facts.total, exponent) - toMinor(facts.outstanding, exponent));
}

function refundedUnits(facts: OrderFacts, line: string): number {
  return facts.refunds
    .flatMap(({ lines }) => lines)
    .reduce((all, one) => all + (one.line === line ? one.quantity : 0), 0);
}

/** In the order they were made; money given back for edited-away units or for cash rounding is no refund of what is left. */
function refundsOf(facts: OrderFacts, prices: Prices, removed: ReadonlyMap<string, number>): Refund[] {
  let explained = Math.abs(toMinor(facts.cashRoundingRefund, prices.exponent));
  for (const line of facts.lines) explained += valueOf(line, removed.get(line.id) ?? 0, prices);
  return facts.refunds
    .map((refund) => refundOf(refund, facts.lines, prices))
    .sort((a, b) => a.at - b.at)
    .map((refund) => {
      if (refund.failed !== null) return refund;
      const paysFor = Math.min(explained, refund.amount);
      explained -= paysFor;
      return { ...refund, amount: refund.amount - paysFor };
    });
}

/**
 * What each code took off, as the shop counts its prices (with tax where they contain it), so that it compares with
 * the code's own value. A draft order shows its code as a manual discount of the same title.
 */
function usedCodes(facts: OrderFacts, prices: Prices): UsedCode[] {
  const allocations = [...facts.lines, ...facts.shipping].flatMap((line) => line.allocations);
  return facts.codes.map(({ code, amount }) => {
    const mine = allocations.filter(({ application }) => {
      const by = application === null ? undefined : facts.applications[application];
      return by !== undefined && (by.code ?? by.title ?? '').toLowerCase() === code.toLowerCase();
    });
    return { code, off: mine.length > 0 ? total(mine, prices) : sum([amount], prices) };
  });
}

function amountsOf(facts: OrderFacts): string[] {
  return [
    facts.total,
    facts.outstanding,
    facts.tip,
    ...facts.lines.flatMap((line) => [line.unitPrice, ...line.taxes, ...line.allocations.map(({ amount }) => amount)]),
    ...facts.shipping.flatMap((line) => [line.price, line.discounted, ...line.taxes]),
    ...facts.refunds.flatMap((refund) => refund.transactions.map(({ amount }) => amount)),
  ];
}

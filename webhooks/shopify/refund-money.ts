import type { Minor, Refund, RefundLine, Taxed } from '../../src/commerce/order.js';
import { share, toMinor } from '../amounts.js';
import { lineMoney, sum, type Prices } from './line-money.js';
import type { LineFacts, RefundFacts } from './order-facts.js';

const GIVEN = new Set(['success', 'pending']);
const FAILED = new Set(['failure', 'error']);

/**
 * A refund as Shopify recorded it. Goods and shipping that it names count from the record on, also while the money is
 * on its way; when every transaction of it failed, it counts no longer. `amount` is the money beyond what was named.
 */
export function refundOf(refund: RefundFacts, lines: readonly LineFacts[], prices: Prices): Refund {
  const named = refund.lines.map((line) => refundLine(line, lines, prices));
  const given = moneyGiven(refund, prices);
  const goods = named.reduce((all, line) => all + line.net + line.tax, 0);
  const shipping = refundedShipping(refund, prices, given - goods);
  const beyond = given - goods - shipping.net - shipping.tax - toMinor(refund.duties, prices.exponent);
  return {
    id: refund.id,
    at: refund.at,
    lines: named,
    shipping,
    amount: Math.max(0, beyond),
    failed: failedAt(refund),
  };
}

/** The value, tax included, of units that edits took off without a refund line: a later refund of money pays for them first. */
export function valueOf(line: LineFacts, units: number, prices: Prices): Minor {
  const money = lineMoney(line, prices);
  return line.quantity === 0 ? 0 : share(money.net + money.tax, units, line.quantity);
}

/**
 * Shopify does not say whether `subtotal` contains the tax in a shop whose prices do. The line itself tells: of its
 * share with tax and its share without, the subtotal means the one that it is nearer to.
 */
function refundLine(given: RefundFacts['lines'][number], lines: readonly LineFacts[], prices: Prices): RefundLine {
  const subtotal = toMinor(given.subtotal, prices.exponent);
  const tax = toMinor(given.tax, prices.exponent);
  const line = lines.find(({ id }) => id === given.line);
  let net = subtotal;
  if (prices.taxesIncluded && tax !== 0 && line !== undefined && line.quantity > 0) {
    const money = lineMoney(line, prices);
    const withTax = share(money.net + money.tax, given.quantity, line.quantity);
    const without = share(money.net, given.quantity, line.quantity);
    if (Math.abs(subtotal - withTax) <= Math.abs(subtotal - without)) net = subtotal - tax;
  }
  return { line: given.line, quantity: given.quantity, net, tax };
}

/** Transactions say what money moved; where there are none, the recorded differences do. */
function moneyGiven(refund: RefundFacts, prices: Prices): Minor {
  const moved = refund.transactions.filter(({ status }) => GIVEN.has(status));
  if (refund.transactions.length > 0) {
    return sum(
      (moved.length > 0 ? moved : refund.transactions).map(({ amount }) => amount),
      prices,
    );
  }
  const differences = refund.adjustments
    .filter(({ shipping }) => !shipping)
    .reduce((all, { amount, tax }) => all + toMinor(amount, prices.exponent) + toMinor(tax, prices.exponent), 0);
  const named = refund.lines.reduce(
    (all, line) =>
      all + toMinor(line.subtotal, prices.exponent) + (prices.taxesIncluded ? 0 : toMinor(line.tax, prices.exponent)),
    0,
  );
  return named + Math.max(0, -differences);
}

/** By its own lines; older refunds say it with an adjustment instead. `left` is the money that goods did not take. */
function refundedShipping(refund: RefundFacts, prices: Prices, left: Minor): Taxed {
  if (refund.shipping.length === 0) {
    const adjusted = refund.adjustments.filter(({ shipping }) => shipping);
    return {
      net:
        -sum(
          adjusted.map(({ amount }) => amount),
          prices,
        ) || 0,
      tax:
        -sum(
          adjusted.map(({ tax }) => tax),
          prices,
        ) || 0,
    };
  }
  const subtotal = sum(
    refund.shipping.map((line) => line.subtotal),
    prices,
  );
  const tax = sum(
    refund.shipping.map((line) => line.tax ?? '0'),
    prices,
  );
  const taxInside = prices.taxesIncluded && Math.abs(left - subtotal) <= Math.abs(left - subtotal - tax);
  return { net: taxInside ? subtotal - tax : subtotal, tax };
}

function failedAt(refund: RefundFacts): number | null {
  const failed = refund.transactions.filter(({ status }) => FAILED.has(status));
  if (failed.length === 0 || failed.length < refund.transactions.length) return null;
  return Math.max(...failed.map(({ at }) => at));
}

import type { Minor, OrderSnapshot, Refund, Taxed } from './order.js';

/**
 * A store that is set to fewer decimals shows its old orders rounded (19.246 dinar as 19.25): nothing happened to them.
 * When `next` is the known order in coarser decimals, with the same lines, it keeps the known amounts; what else it
 * says (refunds, payment, owner) is taken. Otherwise it is returned as it is.
 */
export function keepFinerAmounts(known: OrderSnapshot, next: OrderSnapshot): OrderSnapshot {
  const finer = known.money.exponent - next.money.exponent;
  if (known.id !== next.id || known.money.code !== next.money.code || finer <= 0) return next;
  const unit = 10 ** finer;
  if (!isRounded(partsOf(known), partsOf(next), unit) || !hasSameLines(known, next)) return next;
  const scale = (amount: Minor): Minor => amount * unit;
  return {
    ...next,
    money: known.money,
    lines: known.lines,
    shipping: known.shipping,
    ...(known.shippingOff && { shippingOff: known.shippingOff }),
    tip: known.tip,
    outstanding: scale(next.outstanding),
    giftCardPaid: scale(next.giftCardPaid),
    refunds: next.refunds.map(
      (refund) => known.refunds.find(({ id }) => id === refund.id) ?? finerRefund(refund, scale),
    ),
    codes: next.codes.map(({ code, off }) => known.codes.find((one) => one.code === code) ?? { code, off: scale(off) }),
  };
}

function hasSameLines(known: OrderSnapshot, next: OrderSnapshot): boolean {
  return known.lines.every((line, i) => {
    const other = next.lines[i];
    return other?.id === line.id && other.quantity === line.quantity && other.product === line.product;
  });
}

function partsOf({ lines, shipping, tip }: OrderSnapshot): Minor[] {
  return [...lines.flatMap(({ net, tax }) => [net, tax]), shipping.net, shipping.tax, tip];
}

function isRounded(fine: readonly Minor[], coarse: readonly Minor[], unit: number): boolean {
  return (
    fine.length === coarse.length &&
    fine.every((amount, i) => 2 * Math.abs(amount - (coarse[i] as Minor) * unit) <= unit)
  );
}

function finerRefund(refund: Refund, scale: (amount: Minor) => Minor): Refund {
  const taxed = <T extends Taxed>(part: T): T => ({ ...part, net: scale(part.net), tax: scale(part.tax) });
  return { ...refund, lines: refund.lines.map(taxed), shipping: taxed(refund.shipping), amount: scale(refund.amount) };
}

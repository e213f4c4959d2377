import { compare, fraction, plus, times, ZERO } from '../fraction.js';
import type { Fraction } from '../fraction.js';
import type { KnownOrder } from '../known.js';
import type { Asked, Holds, WhenKinds } from './kind.js';

interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

/**
 * A minimum is asked of what remains, as `minOrder` is: keeping a threshold's bonus after returning the goods is a pump. A
 * maximum is asked of what was bought: else a refund would raise the points.
 */
function between({ min, max }: Range, left: (asked: Asked) => Fraction, whole: (asked: Asked) => Fraction): Holds {
  return (asked) =>
    (min === undefined || compare(left(asked), fraction(min)) >= 0) &&
    (max === undefined || compare(whole(asked), fraction(max)) <= 0);
}

type Counts = (kind: KnownOrder['lines'][number]['kind']) => boolean;
const goods: Counts = (kind) => kind === 'product';
const everything: Counts = () => true;

function bought({ order, scale }: Asked, counts: Counts): Fraction {
  let sum = 0;
  for (const { kind, net, tax } of order.lines) if (counts(kind)) sum += Math.max(0, net) + Math.max(0, tax);
  return times(fraction(sum), scale);
}

function kept({ order, remains, scale }: Asked, counts: Counts): Fraction {
  let sum = 0;
  order.lines.forEach(({ kind }, i) => {
    if (counts(kind)) sum += (remains.net[i] ?? 0) + (remains.tax[i] ?? 0);
  });
  return times(times(fraction(sum), remains.share), scale);
}

function sent({ order, scale }: Asked): Fraction {
  return times(fraction(Math.max(0, order.shipping.net) + Math.max(0, order.shipping.tax) + order.tip), scale);
}

function keptSent({ order, remains: { shipping }, scale }: Asked): Fraction {
  const left = times(fraction(shipping.net + shipping.tax), shipping.share);
  return times(plus(left, fraction(order.tip)), scale);
}

function itemsOf(lines: readonly { kind: string }[], items: (i: number) => number): Fraction {
  let sum = 0;
  lines.forEach(({ kind }, i) => {
    if (kind === 'product') sum += Math.floor(items(i));
  });
  return sum > 0 ? fraction(sum) : ZERO;
}

/** How much it is. Amounts are what the shopper pays: after discounts, with tax, in the program's money. */
export const REMAINING: WhenKinds<'minOrder' | 'cart' | 'total' | 'items'> = {
  /** The base that counts. */
  minOrder: { prepare: (min) => (asked) => compare(asked.base, fraction(min)) >= 0 },
  /** Goods alone: no shipping, gift cards, tips, fees. */
  cart: {
    prepare: (range) =>
      between(
        range,
        (asked) => kept(asked, goods),
        (asked) => bought(asked, goods),
      ),
  },
  /** All of it. */
  total: {
    prepare: (range) =>
      between(
        range,
        (asked) => plus(kept(asked, everything), keptSent(asked)),
        (asked) => plus(bought(asked, everything), sent(asked)),
      ),
  },
  /** Whole items of goods. */
  items: {
    prepare: (range) =>
      between(
        range,
        ({ order, remains }) => itemsOf(order.lines, (i) => remains.items[i] ?? 0),
        ({ order }) => itemsOf(order.lines, (i) => order.lines[i]?.quantity ?? 0),
      ),
  },
};

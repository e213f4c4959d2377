import type { Millis } from '../lib/clock.js';
import { overlay } from './compile.js';
import { prepareWhere } from './conditions/index.js';
import { ONE } from './fraction.js';
import type { OrderCase } from './order-case.js';
import type { BaseLine } from './remains.js';
import type { partialBase, Where } from './rule-parts.js';
import type * as z from 'zod';

/** Which lines are meant, and how what they are worth is read. */
export interface LineWish {
  where?: Where | undefined;
  base?: z.infer<typeof partialBase> | undefined;
}

/** The lines of an order that match and are still worth something; the shipping matches where nothing is asked. */
export function matchingLines({ where, base }: LineWish, order: OrderCase, at: Millis): BaseLine[] {
  const test = prepareWhere(where);
  const scale = order.scale ?? ONE;
  return order.baseAt(at, overlay(order.times.compiled.rules.base, base)).filter((one) => {
    if (one.base.n <= 0n) return false;
    const line = one.line === null ? undefined : order.order.lines[one.line];
    return line ? test === null || test(line, { items: one.items, scale }) : test === null;
  });
}

import * as z from 'zod';
import { fixed } from './fixed.js';
import { item } from './item.js';
import type { Addition, Claim } from './kind.js';
import { rate } from './rate.js';
import { shipping } from './shipping.js';
import { step } from './step.js';

/** Every way to earn on an order. A new one is a file of its own and its name here. */
const KINDS = { rate, step, item, fixed, shipping };

type Kinds = typeof KINDS;
export type EarningKindName = keyof Kinds;
export type EarningRule = { [K in EarningKindName]: z.infer<Kinds[K]['schema']> }[EarningKindName];

export const earningKinds = Object.keys(KINDS) as EarningKindName[];

type Schema = Kinds[EarningKindName]['schema'];
const schemas = Object.values(KINDS).map((kind) => kind.schema) as [Schema, ...Schema[]];
export const earningRule = z.discriminatedUnion('kind', schemas);

/** The rule made ready to pay: what it claims, or what it adds. */
export type Payer = { claims: true; pay: Claim } | { claims: false; pay: Addition };

/** One door for all kinds; the rule's own `kind` says which of them reads it. */
export function preparePayer(rule: EarningRule): Payer {
  const kind = KINDS[rule.kind];
  return { claims: kind.claims, pay: kind.prepare(rule as never) } as Payer;
}

export function ruleFigures(rule: EarningRule): { points: string | number; money?: number } {
  return KINDS[rule.kind].figures(rule as never);
}

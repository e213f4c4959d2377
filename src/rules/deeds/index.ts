import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import { checkIn } from './check-in.js';
import { event } from './event.js';
import { ownDay } from './own-day.js';
import { social } from './social.js';
import { survey } from './survey.js';

/** Every kind of deed. A new one is a file of its own and its name here. */
const KINDS = { event, 'check-in': checkIn, survey, social, 'own-day': ownDay };

type Kinds = typeof KINDS;
export type DeedKindName = keyof Kinds;
export type DeedRule = { [K in DeedKindName]: z.infer<Kinds[K]['schema']> }[DeedKindName];
export type DeedRuleOf<K extends DeedKindName> = z.infer<Kinds[K]['schema']>;

export const deedKinds = Object.keys(KINDS) as DeedKindName[];
export const deedKindName = z.enum(deedKinds as [DeedKindName, ...DeedKindName[]]);

type Schema = Kinds[DeedKindName]['schema'];
const schemas = Object.values(KINDS).map((kind) => kind.schema) as [Schema, ...Schema[]];

/** The deeds that a program gives for; one rule an id. */
export const deedRules = z.array(z.discriminatedUnion('kind', schemas)).superRefine((rules, context) => {
  const seen = new Set<string>();
  for (const [i, { id }] of rules.entries()) {
    if (seen.has(id)) context.addIssue({ code: 'custom', path: [i, 'id'], message: `"${id}" is taken by another` });
    seen.add(id);
  }
});

/** One door for all kinds; the rule's own `kind` says which of them reads it. */
export function deedBar(rule: DeedRule, at: Millis, calendar: Calendar): string | null {
  return KINDS[rule.kind].bar(rule as never, at, calendar);
}

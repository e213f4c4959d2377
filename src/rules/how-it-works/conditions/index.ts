import type { When, Where } from '../../rule-parts.js';
import type { Speaker } from '../speaker.js';
import { type Clauses, clausesOf } from './clauses.js';
import { MEMBER } from './member.js';
import { ORDER } from './order.js';
import { TIME } from './time.js';
import { WHERE } from './where.js';

/** Every condition has its words: a new one has its line in one of these. */
const WHEN: Clauses<When> = { ...TIME, ...ORDER, ...MEMBER };

/** What a rule asks, behind what it gives: ", on Saturdays, between 10:00 and 12:00". */
export function withConditions(
  gives: string,
  rule: { where?: Where | undefined; when?: When | undefined },
  speaker: Speaker,
): string {
  return [gives, ...clausesOf(WHERE, rule.where, speaker), ...clausesOf(WHEN, rule.when, speaker)].join(', ');
}

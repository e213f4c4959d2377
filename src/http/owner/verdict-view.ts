import type * as z from 'zod';
import type { DecidedOrder } from '../../loyalty/read-answers.js';
import { reasonText } from '../../rules/sentences.js';
import type { Spoken } from '../storefront/spoken.js';
import { becauseSentence, missedSentence } from '../storefront/words.js';
import type * as api from './person-schemas.js';
import { iso } from './within.js';

type Answer = z.infer<typeof api.whyAnswer>['answers'][number];
type Verdict = Answer['verdicts'][number]['verdict'];

/** What nobody can change by buying more or at another time: the goods or the member are left out. */
const EXCLUDED = [
  'where',
  'except',
  'paused',
  'stores',
  'channels',
  'currencies',
  'countries',
  'payments',
  'giftCard',
  'subscription',
];

const verdictOf = (why: string): Verdict => (EXCLUDED.includes(why) ? 'excluded' : 'not-met');

/** Of one order: what it gave, and each rule's verdict with its reason. */
export function verdictView(spoken: Spoken, order: DecidedOrder): Answer {
  const { explanation, reason, gives, number, order_id, placed_at, rule_version } = order;
  const applied = (explanation?.because ?? []).map((because) => ({
    rule: because.rule,
    verdict: 'applied' as const,
    sentence: becauseSentence(spoken, because),
    unit: because.unit,
    exact: because.exact,
  }));
  const missed = (explanation?.missed ?? []).map(({ id, why }) => ({
    rule: id,
    verdict: verdictOf(why),
    sentence: missedSentence(spoken, id, why),
    unit: null,
    exact: null,
  }));
  return {
    order: number ?? `#${order_id}`,
    at: iso(placed_at.getTime()),
    gives: gives ?? {},
    reason: reason === null ? null : reason === 'earned' ? null : reasonText(spoken.language, reason),
    version: rule_version,
    verdicts: [...applied, ...missed],
  };
}

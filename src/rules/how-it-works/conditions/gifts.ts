import type { When, Where } from '../../rule-parts.js';
import type { Said, Speaker } from '../speaker.js';
import { anyOf, anyOfQuoted, between, type Clauses, clausesOf, either, inNumbers } from './clauses.js';
import { MEMBER } from './member.js';
import { ORDER } from './order.js';
import { TIME } from './time.js';
import { WHERE } from './where.js';

/** What orders say of a member is what their last one said. */
type OfLastOrder = 'channels' | 'stores' | 'countries' | 'languages' | 'subscription' | 'daysSinceOrder';

const LAST_ORDER: Clauses<Pick<When, OfLastOrder>> = {
  channels: anyOfQuoted({
    en: 'if you last ordered by {names}',
    nl: 'als je laatst hebt besteld via {names}',
    nb: 'hvis du sist bestilte via {names}',
    pl: 'jeśli ostatnie zamówienie złożono przez {names}',
  }),
  stores: (ids, speaker) =>
    anyOfQuoted({
      en: 'if you are a customer of {names}',
      nl: 'als je klant bent van {names}',
      nb: 'hvis du er kunde hos {names}',
      pl: 'jeśli kupujesz w sklepie {names}',
    })(
      ids.map((id) => speaker.name('store', id)),
      speaker,
    ),
  countries: (codes, speaker) =>
    anyOf({
      en: 'if your last order was sent to {names}',
      nl: 'als je laatste bestelling is bezorgd in {names}',
      nb: 'hvis den siste bestillingen din ble sendt til {names}',
      pl: 'jeśli ostatnie zamówienie wysłano do: {names}',
    })(
      codes.map((code) => speaker.ofWorld('region', code)),
      speaker,
    ),
  languages: (tags, speaker) =>
    anyOf({
      en: 'if you last ordered in {names}',
      nl: 'als je laatst hebt besteld in het {names}',
      nb: 'hvis du sist bestilte på {names}',
      pl: 'jeśli ostatnie zamówienie złożono w języku: {names}',
    })(
      tags.map((tag) => speaker.ofWorld('language', tag)),
      speaker,
    ),
  subscription: either({
    en: '{is, select, yes {if your last order came from a subscription} other {if your last order did not come from a subscription}}',
    nl: '{is, select, yes {als je laatste bestelling uit een abonnement kwam} other {als je laatste bestelling niet uit een abonnement kwam}}',
    nb: '{is, select, yes {hvis den siste bestillingen din kom fra et abonnement} other {hvis den siste bestillingen din ikke kom fra et abonnement}}',
    pl: '{is, select, yes {jeśli ostatnie zamówienie pochodziło z subskrypcji} other {jeśli ostatnie zamówienie nie pochodziło z subskrypcji}}',
  }),
  daysSinceOrder: between(
    {
      en: 'if the days since your last order are {range}',
      nl: 'als het aantal dagen sinds je laatste bestelling {range} is',
      nb: 'hvis antall dager siden den siste bestillingen din er {range}',
      pl: 'jeśli liczba dni od ostatniego zamówienia to {range}',
    },
    inNumbers,
  ),
};

const OF_MEMBER: Clauses<When> = { ...TIME, ...ORDER, ...MEMBER, ...LAST_ORDER };

/** What is asked of a member where there is no order, behind what it gives. */
export function withMember(
  gives: string,
  { where, when }: { where?: Where | undefined; when?: When | undefined },
  speaker: Speaker,
): string {
  return [gives, ...clausesOf(WHERE, where, speaker), ...clausesOf(OF_MEMBER, when, speaker)].join(', ');
}

const forAdvocate: Said = {
  en: '{pts} for you: {clauses}',
  nl: '{pts} voor jou: {clauses}',
  nb: '{pts} til deg: {clauses}',
  pl: '{pts} dla Ciebie: {clauses}',
};
const forFriend: Said = {
  en: '{pts} for the friend: {clauses}',
  nl: '{pts} voor die vriend: {clauses}',
  nb: '{pts} til vennen: {clauses}',
  pl: '{pts} dla poleconej osoby: {clauses}',
};

/** What is asked of either side of a referral. */
export function sideTexts(
  sides: { advocate: When | undefined; friend: When | undefined },
  points: { advocate: string; friend: string },
  speaker: Speaker,
): string[] {
  return (['advocate', 'friend'] as const).flatMap((side) => {
    const clauses = clausesOf(OF_MEMBER, sides[side], speaker);
    if (clauses.length === 0) return [];
    return [
      speaker.say(side === 'advocate' ? forAdvocate : forFriend, { pts: points[side], clauses: clauses.join(', ') }),
    ];
  });
}

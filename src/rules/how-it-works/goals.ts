import type { Counts, Goal, MeasureName } from '../goals/index.js';
import type { ProgramRules } from '../program-rules.js';
import { withBase } from './base.js';
import { withMember } from './conditions/gifts.js';
import { withConditions } from './conditions/index.js';
import { inAllTexts } from './limits.js';
import { windowText } from './goal-windows.js';
import type { Said, Speaker } from './speaker.js';

const what: Record<MeasureName, Said> = {
  orders: {
    en: 'place {n, plural, one {# order} other {# orders}}',
    nl: 'plaats {n, plural, one {# bestelling} other {# bestellingen}}',
    nb: 'legg inn {n, plural, one {# bestilling} other {# bestillinger}}',
    pl: 'złóż {n, plural, one {# zamówienie} few {# zamówienia} many {# zamówień} other {# zamówienia}}',
  },
  spend: {
    en: 'spend {money}',
    nl: 'besteed {money}',
    nb: 'handle for {money}',
    pl: 'wydaj {money}',
  },
  items: {
    en: 'buy {n, plural, one {# item} other {# items}}',
    nl: 'koop {n, plural, one {# artikel} other {# artikelen}}',
    nb: 'kjøp {n, plural, one {# vare} other {# varer}}',
    pl: 'kup {n, plural, one {# sztukę} few {# sztuki} many {# sztuk} other {# sztuki}}',
  },
  visits: {
    en: 'come by on {n, plural, one {# day} other {# days}}',
    nl: 'kom langs op {n, plural, one {# dag} other {# dagen}}',
    nb: 'kom innom på {n, plural, one {# dag} other {# dager}}',
    pl: 'odwiedź nas w {n, plural, one {# dniu} other {# dniach}}',
  },
  deeds: {
    en: '{names} {n, plural, one {once} other {# times}}',
    nl: '{names} {n, plural, one {één keer} other {# keer}}',
    nb: '{names} {n, plural, one {én gang} other {# ganger}}',
    pl: '{names} {n, plural, one {raz} other {# razy}}',
  },
  reviews: {
    en: 'write {n, plural, one {# review that is} other {# reviews that are}} published',
    nl: 'schrijf {n, plural, one {# review die wordt} other {# reviews die worden}} geplaatst',
    nb: 'skriv {n, plural, one {# omtale} other {# omtaler}} som blir publisert',
    pl: 'napisz {n, plural, one {# opinię, która zostanie opublikowana} few {# opinie, które zostaną opublikowane} many {# opinii, które zostaną opublikowane} other {# opinii, które zostaną opublikowane}}',
  },
  referrals: {
    en: 'bring {n, plural, one {# friend} other {# friends}}',
    nl: 'breng {n, plural, one {# vriend} other {# vrienden}} aan',
    nb: 'verv {n, plural, one {# venn} other {# venner}}',
    pl: 'poleć nas {n, plural, one {# osobie} other {# osobom}}',
  },
  years: {
    en: 'be a member for {n, plural, one {# year} other {# years}} (29 February counts on 28 February in other years)',
    nl: 'wees {n} jaar lid (29 februari telt in andere jaren op 28 februari)',
    nb: 'vær medlem i {n} år (29. februar regnes som 28. februar i andre år)',
    pl: 'bądź z nami {n, plural, one {# rok} few {# lata} many {# lat} other {# roku}} (29 lutego w innych latach liczy się 28 lutego)',
  },
};
const anyDeed: Said = {
  en: 'join in with any of our activities',
  nl: 'doe mee aan een van onze activiteiten',
  nb: 'bli med på en av aktivitetene våre',
  pl: 'weź udział w dowolnej naszej aktywności',
};
const every: Said = {
  en: 'again each time',
  nl: 'telkens opnieuw',
  nb: 'på nytt hver gang',
  pl: 'za każdym razem od nowa',
};
const badgeOf: Said = {
  en: 'the badge “{badge}”',
  nl: 'de badge “{badge}”',
  nb: 'merket «{badge}»',
  pl: 'odznaka „{badge}”',
};

/** Each goal: what it gives, what must be done, in which time. */
export function goalsText({ goals, deeds }: ProgramRules, speaker: Speaker): { id: string; text: string }[] {
  const nameOf = (id: string) => deeds.find((deed) => deed.id === id)?.name ?? speaker.name('rule', id);
  return goals.map((goal) => {
    const { id, within, needs, name = speaker.named('rule', [id])?.[0] } = goal;
    const n = within.kind === 'streak' ? within.least : needs;
    const done = [doingText(goal.counts, n, nameOf, speaker), ...windowText(within, needs, speaker)];
    const often = [...(goal.every ? [speaker.say(every)] : []), ...inAllTexts(goal.inAll, speaker)];
    const asked = withMember(done.join(', '), { when: goal.when }, speaker);
    const text = `${giftText(goal, speaker)}: ${[asked, ...often].join(', ')}`;
    return { id, text: name === undefined ? text : `${name}: ${text}` };
  });
}

function doingText(counts: Counts, n: number, nameOf: (id: string) => string, speaker: Speaker): string {
  const deeds = counts.kind === 'deeds' && counts.of ? speaker.any(counts.of.map(nameOf)) : speaker.say(anyDeed);
  const said = speaker.say(what[counts.kind], { n, money: speaker.money(n), names: deeds });
  if (counts.kind === 'items') return withConditions(said, { where: counts.where }, speaker);
  if (counts.kind !== 'orders' && counts.kind !== 'spend') return said;
  const least = counts.kind === 'orders' ? counts.min : undefined;
  const asked = { where: counts.where, when: least === undefined ? undefined : { minOrder: least } };
  return withBase(withConditions(said, asked, speaker), counts.base, speaker);
}

function giftText({ gives, unit, badge }: Goal, speaker: Speaker): string {
  return speaker.all([
    ...(gives > 0 ? [speaker.count(unit, gives)] : []),
    ...(badge === undefined ? [] : [speaker.say(badgeOf, { badge })]),
  ]);
}

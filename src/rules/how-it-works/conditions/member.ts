import type { When } from '../../rule-parts.js';
import type { Said, Speaker, Tell } from '../speaker.js';
import { anyOfQuoted, type Clauses, clausesOf, either, type Range, sideOf } from './clauses.js';
import { WHERE } from './where.js';

const nthIs: Said = {
  en: 'on your {n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} order',
  nl: 'bij je {n}e bestelling',
  nb: 'på din {n}. bestilling',
  pl: 'przy {n}. zamówieniu',
};
const nthEvery: Said = {
  en: 'on every {n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} order',
  nl: 'bij elke {n}e bestelling',
  nb: 'på hver {n}. bestilling',
  pl: 'przy co {n}. zamówieniu',
};
const nthUpTo: Said = {
  en: 'on your first {n, plural, one {order} other {# orders}}',
  nl: 'bij je eerste {n, plural, one {bestelling} other {# bestellingen}}',
  nb: 'på {n, plural, one {din første bestilling} other {dine # første bestillinger}}',
  pl: 'przy {n, plural, one {pierwszym zamówieniu} other {pierwszych # zamówieniach}}',
};
const bought: Said = {
  en: 'if you have {times} ordered before{what}{days, plural, =0 {} one { in the last day} other { in the last # days}}',
  nl: 'als je eerder {times} hebt besteld{what}{days, plural, =0 {} one {, in de laatste dag} other {, in de laatste # dagen}}',
  nb: 'hvis du tidligere har bestilt {times}{what}{days, plural, =0 {} one { den siste dagen} other { de siste # dagene}}',
  pl: 'jeśli liczba wcześniejszych zamówień{what}{days, plural, =0 {} one { z ostatniego dnia} other { z ostatnich # dni}} wynosi {times}',
};
const times: Said = {
  en: '{which, select, never {never} both {{min} to {max} times} min {{min, plural, one {at least once} other {at least # times}}} other {{max, plural, one {at most once} other {at most # times}}}}',
  nl: '{which, select, never {nooit} both {{min} tot {max} keer} min {minstens {min} keer} other {hooguit {max} keer}}',
  nb: '{which, select, never {null ganger} both {{min} til {max} ganger} min {{min, plural, one {minst én gang} other {minst # ganger}}} other {{max, plural, one {høyst én gang} other {høyst # ganger}}}}',
  pl: '{which, select, never {zero} both {{min}–{max}} min {co najmniej {min}} other {najwyżej {max}}}',
};
const memberDays: Said = {
  en: '{which, select, both {{min} to {max} days after you joined} min {from {min} days after you joined} other {up to {max} days after you joined}}',
  nl: '{which, select, both {{min} tot en met {max} dagen nadat je lid werd} min {vanaf {min} dagen nadat je lid werd} other {tot en met {max} dagen nadat je lid werd}}',
  nb: '{which, select, both {{min} til {max} dager etter at du ble med} min {fra {min} dager etter at du ble med} other {inntil {max} dager etter at du ble med}}',
  pl: '{which, select, both {od {min} do {max} dni po dołączeniu} min {od {min} dni po dołączeniu} other {do {max} dni po dołączeniu}}',
};
const sinceOrder: Said = {
  en: '{which, select, both {{min} to {max} days after your order before} min {from {min} days after your order before} other {up to {max} days after your order before}}',
  nl: '{which, select, both {{min} tot en met {max} dagen na je vorige bestelling} min {vanaf {min} dagen na je vorige bestelling} other {tot en met {max} dagen na je vorige bestelling}}',
  nb: '{which, select, both {{min} til {max} dager etter forrige bestilling} min {fra {min} dager etter forrige bestilling} other {inntil {max} dager etter forrige bestilling}}',
  pl: '{which, select, both {od {min} do {max} dni po poprzednim zamówieniu} min {od {min} dni po poprzednim zamówieniu} other {do {max} dni po poprzednim zamówieniu}}',
};

const days =
  (said: Said): Tell<Range> =>
  (range, speaker) => {
    const which = sideOf(range);
    return which === null ? '' : speaker.say(said, { which, min: range.min ?? 0, max: range.max ?? 0 });
  };

const balance: Said = {
  en: '{which, select, both {if you have {min} to {max}} min {if you have at least {min}} other {if you have at most {max}}}',
  nl: '{which, select, both {als je {min} tot en met {max} hebt} min {als je minstens {min} hebt} other {als je hooguit {max} hebt}}',
  nb: '{which, select, both {hvis du har {min} til {max}} min {hvis du har minst {min}} other {hvis du har høyst {max}}}',
  pl: '{which, select, both {jeśli masz od {min} do {max}} min {jeśli masz co najmniej {min}} other {jeśli masz najwyżej {max}}}',
};

const birthdays: Said = {
  en: '{span, select, day {on your birthday} week {in the seven days from your birthday on} other {in the month of your birthday}}',
  nl: '{span, select, day {op je verjaardag} week {in de zeven dagen vanaf je verjaardag} other {in de maand van je verjaardag}}',
  nb: '{span, select, day {på bursdagen din} week {i de sju dagene fra og med bursdagen din} other {i bursdagsmåneden din}}',
  pl: '{span, select, day {w dniu Twoich urodzin} week {przez siedem dni od Twoich urodzin} other {w miesiącu Twoich urodzin}}',
};

type Words =
  | 'tiers'
  | 'membership'
  | 'nth'
  | 'roles'
  | 'customerTags'
  | 'memberDays'
  | 'birthday'
  | 'ownDay'
  | 'early'
  | 'daysSinceOrder'
  | 'bought'
  | 'referred'
  | 'balance';

/** Who it is for. */
export const MEMBER: Clauses<Pick<When, Words>> = {
  tiers: (ids, speaker) =>
    speaker.say(
      { en: 'at {tiers} level', nl: 'op niveau {tiers}', nb: 'på nivået {tiers}', pl: 'na poziomie {tiers}' },
      { tiers: speaker.any(ids.map((id) => speaker.name('tier', id))) },
    ),
  membership: either({
    en: '{is, select, yes {with a paid membership} other {without a paid membership}}',
    nl: '{is, select, yes {met een betaald lidmaatschap} other {zonder betaald lidmaatschap}}',
    nb: '{is, select, yes {med betalt medlemskap} other {uten betalt medlemskap}}',
    pl: '{is, select, yes {z płatnym członkostwem} other {bez płatnego członkostwa}}',
  }),
  nth: ({ is, every, upTo }, speaker) =>
    [
      ...(is === undefined ? [] : [speaker.say(nthIs, { n: is })]),
      ...(every === undefined ? [] : [speaker.say(nthEvery, { n: every })]),
      ...(upTo === undefined ? [] : [speaker.say(nthUpTo, { n: upTo })]),
    ].join(', '),
  roles: anyOfQuoted({
    en: 'for customers of the kind {names}',
    nl: 'voor klanten van het soort {names}',
    nb: 'for kunder av typen {names}',
    pl: 'dla klientów typu {names}',
  }),
  customerTags: anyOfQuoted({
    en: 'for customers in the group {names}',
    nl: 'voor klanten in de groep {names}',
    nb: 'for kunder i gruppen {names}',
    pl: 'dla klientów z grupy {names}',
  }),
  memberDays: days(memberDays),
  birthday: (span, speaker) => speaker.say(birthdays, { span }),
  ownDay: (id, speaker) =>
    speaker.say(
      {
        en: 'on a day that you chose ({name})',
        nl: 'op een dag die je zelf koos ({name})',
        nb: 'på en dag du valgte selv ({name})',
        pl: 'w wybranym przez Ciebie dniu ({name})',
      },
      { name: speaker.name('rule', id) },
    ),
  early: (id, speaker) =>
    speaker.say(
      {
        en: 'if you buy before others may ({name})',
        nl: 'als je koopt voordat anderen dat kunnen ({name})',
        nb: 'hvis du kjøper før andre kan det ({name})',
        pl: 'jeśli kupujesz, zanim mogą to zrobić inni ({name})',
      },
      { name: speaker.name('rule', id) },
    ),
  daysSinceOrder: days(sinceOrder),
  bought: boughtText,
  referred: either({
    en: '{is, select, yes {if a friend invited you} other {if nobody invited you}}',
    nl: '{is, select, yes {als een vriend je heeft uitgenodigd} other {als niemand je heeft uitgenodigd}}',
    nb: '{is, select, yes {hvis en venn har invitert deg} other {hvis ingen har invitert deg}}',
    pl: '{is, select, yes {jeśli poleciła Ci nas znajoma osoba} other {jeśli nikt Ci nas nie polecił}}',
  }),
  balance: balanceText,
};

/** Where a range is said, its lower end is a bare figure: "100 to 500 points". */
function balanceText({ unit, ...range }: NonNullable<When['balance']>, speaker: Speaker): string {
  const which = sideOf(range);
  if (which === null) return '';
  const [min, max] = [range.min ?? 0, range.max ?? 0];
  return speaker.say(balance, {
    which,
    min: which === 'both' ? speaker.number(min) : speaker.count(unit, min),
    max: speaker.count(unit, max),
  });
}

function boughtText(asked: NonNullable<When['bought']>, speaker: Speaker): string {
  const range = sideOf(asked) === null ? { min: 1 } : asked;
  const which = range.max === 0 ? 'never' : sideOf(range);
  const what = clausesOf(WHERE, asked.where, speaker);
  return speaker.say(bought, {
    times: speaker.say(times, { which: which ?? 'min', min: range.min ?? 0, max: range.max ?? 0 }),
    what: what.length === 0 ? '' : ` (${what.join(', ')})`,
    days: asked.days ?? 0,
  });
}

import type { When } from '../../rule-parts.js';
import { anyOf, anyOfQuoted, between, type Clauses, either, inMoney, inNumbers } from './clauses.js';

type Words =
  | 'currencies'
  | 'channels'
  | 'stores'
  | 'countries'
  | 'languages'
  | 'payments'
  | 'giftCard'
  | 'coupon'
  | 'coupons'
  | 'subscription'
  | 'minOrder'
  | 'cart'
  | 'total'
  | 'items';

/** What is asked of the order itself. */
export const ORDER: Clauses<Pick<When, Words>> = {
  currencies: anyOf({
    en: 'paid in {names}',
    nl: 'betaald in {names}',
    nb: 'betalt i {names}',
    pl: 'przy płatności w {names}',
  }),
  channels: anyOfQuoted({
    en: 'ordered by {names}',
    nl: 'besteld via {names}',
    nb: 'bestilt via {names}',
    pl: 'przy zakupie przez {names}',
  }),
  stores: (ids, speaker) =>
    anyOfQuoted({ en: 'in {names}', nl: 'bij {names}', nb: 'hos {names}', pl: 'w sklepie {names}' })(
      ids.map((id) => speaker.name('store', id)),
      speaker,
    ),
  countries: (codes, speaker) =>
    anyOf({ en: 'sent to {names}', nl: 'bezorgd in {names}', nb: 'sendt til {names}', pl: 'z dostawą do: {names}' })(
      codes.map((code) => speaker.ofWorld('region', code)),
      speaker,
    ),
  languages: (tags, speaker) =>
    anyOf({
      en: 'ordered in {names}',
      nl: 'besteld in het {names}',
      nb: 'bestilt på {names}',
      pl: 'przy zakupie w języku: {names}',
    })(
      tags.map((tag) => speaker.ofWorld('language', tag)),
      speaker,
    ),
  payments: anyOfQuoted({
    en: 'paid with {names}',
    nl: 'betaald met {names}',
    nb: 'betalt med {names}',
    pl: 'przy płatności przez {names}',
  }),
  giftCard: either({
    en: '{is, select, yes {paid in part or in full with a gift card} other {not paid with a gift card}}',
    nl: '{is, select, yes {geheel of deels betaald met een cadeaubon} other {niet betaald met een cadeaubon}}',
    nb: '{is, select, yes {helt eller delvis betalt med gavekort} other {ikke betalt med gavekort}}',
    pl: '{is, select, yes {przy płatności w całości lub części kartą podarunkową} other {bez płatności kartą podarunkową}}',
  }),
  coupon: either({
    en: '{is, select, yes {with a discount code} other {without a discount code}}',
    nl: '{is, select, yes {met een kortingscode} other {zonder kortingscode}}',
    nb: '{is, select, yes {med rabattkode} other {uten rabattkode}}',
    pl: '{is, select, yes {z kodem rabatowym} other {bez kodu rabatowego}}',
  }),
  coupons: anyOfQuoted({
    en: 'with the code {names}',
    nl: 'met de code {names}',
    nb: 'med koden {names}',
    pl: 'z kodem {names}',
  }),
  subscription: either({
    en: '{is, select, yes {on orders of a subscription} other {not on orders of a subscription}}',
    nl: '{is, select, yes {op bestellingen van een abonnement} other {niet op bestellingen van een abonnement}}',
    nb: '{is, select, yes {på bestillinger fra et abonnement} other {ikke på bestillinger fra et abonnement}}',
    pl: '{is, select, yes {na zamówienia z subskrypcji} other {z wyjątkiem zamówień z subskrypcji}}',
  }),
  minOrder: (minor, speaker) =>
    speaker.say(
      {
        en: 'with an order of at least {money}',
        nl: 'bij een bestelling van minstens {money}',
        nb: 'ved bestilling for minst {money}',
        pl: 'przy zamówieniu za co najmniej {money}',
      },
      { money: speaker.money(minor) },
    ),
  cart: between(
    {
      en: 'with products for {range}',
      nl: 'bij producten voor {range}',
      nb: 'ved varer for {range}',
      pl: 'przy produktach o wartości: {range}',
    },
    inMoney,
  ),
  total: between(
    {
      en: 'with a total of {range}',
      nl: 'bij een totaal van {range}',
      nb: 'ved en totalsum på {range}',
      pl: 'przy sumie: {range}',
    },
    inMoney,
  ),
  items: between(
    {
      en: 'with a number of items of {range}',
      nl: 'bij een aantal artikelen van {range}',
      nb: 'ved et antall varer på {range}',
      pl: 'przy liczbie sztuk: {range}',
    },
    inNumbers,
  ),
};

import type { Where } from '../../rule-parts.js';
import { anyOfQuoted, between, calledOrQuoted, type Clauses, either, inMoney, inNumbers, named } from './clauses.js';

/** What is asked of a line. */
export const WHERE: Clauses<Where> = {
  products: named(
    'product',
    { en: 'on {names}', nl: 'alleen voor {names}', nb: 'gjelder {names}', pl: 'dotyczy: {names}' },
    {
      en: 'on {n, plural, one {one chosen product} other {# chosen products}}',
      nl: 'alleen voor {n, plural, one {één gekozen product} other {# gekozen producten}}',
      nb: 'gjelder {n, plural, one {ett utvalgt produkt} other {# utvalgte produkter}}',
      pl: 'dotyczy {n, plural, one {jednego wybranego produktu} other {# wybranych produktów}}',
    },
  ),
  variants: named(
    'variant',
    { en: 'on {names}', nl: 'alleen voor {names}', nb: 'gjelder {names}', pl: 'dotyczy: {names}' },
    {
      en: 'on {n, plural, one {one chosen variant} other {# chosen variants}}',
      nl: 'alleen voor {n, plural, one {één gekozen variant} other {# gekozen varianten}}',
      nb: 'gjelder {n, plural, one {én utvalgt variant} other {# utvalgte varianter}}',
      pl: 'dotyczy {n, plural, one {jednego wybranego wariantu} other {# wybranych wariantów}}',
    },
  ),
  skus: anyOfQuoted({
    en: 'on article number {names}',
    nl: 'alleen voor artikelnummer {names}',
    nb: 'gjelder varenummer {names}',
    pl: 'dotyczy produktów o numerze {names}',
  }),
  categories: calledOrQuoted('category', {
    en: 'on products in {names}',
    nl: 'alleen voor producten in {names}',
    nb: 'gjelder varer i {names}',
    pl: 'dotyczy produktów z {n, plural, one {kategorii} other {kategorii:}} {names}',
  }),
  tags: anyOfQuoted({
    en: 'on products tagged {names}',
    nl: 'alleen voor producten met het label {names}',
    nb: 'gjelder varer merket {names}',
    pl: 'dotyczy produktów oznaczonych {names}',
  }),
  notProducts: named(
    'product',
    { en: 'not on {names}', nl: 'niet voor {names}', nb: 'ikke for {names}', pl: 'z wyjątkiem: {names}' },
    {
      en: 'not on {n, plural, one {one product} other {# products}}',
      nl: 'niet voor {n, plural, one {één product} other {# producten}}',
      nb: 'ikke for {n, plural, one {ett produkt} other {# produkter}}',
      pl: 'z wyjątkiem {n, plural, one {jednego produktu} other {# produktów}}',
    },
  ),
  notVariants: named(
    'variant',
    { en: 'not on {names}', nl: 'niet voor {names}', nb: 'ikke for {names}', pl: 'z wyjątkiem: {names}' },
    {
      en: 'not on {n, plural, one {one variant} other {# variants}}',
      nl: 'niet voor {n, plural, one {één variant} other {# varianten}}',
      nb: 'ikke for {n, plural, one {én variant} other {# varianter}}',
      pl: 'z wyjątkiem {n, plural, one {jednego wariantu} other {# wariantów}}',
    },
  ),
  notSkus: anyOfQuoted({
    en: 'not on article number {names}',
    nl: 'niet voor artikelnummer {names}',
    nb: 'ikke for varenummer {names}',
    pl: 'z wyjątkiem produktów o numerze {names}',
  }),
  notCategories: calledOrQuoted('category', {
    en: 'not on products in {names}',
    nl: 'niet voor producten in {names}',
    nb: 'ikke for varer i {names}',
    pl: 'z wyjątkiem produktów z kategorii {names}',
  }),
  notTags: anyOfQuoted({
    en: 'not on products tagged {names}',
    nl: 'niet voor producten met het label {names}',
    nb: 'ikke for varer merket {names}',
    pl: 'z wyjątkiem produktów oznaczonych {names}',
  }),
  price: between(
    {
      en: 'on products that cost {range} each',
      nl: 'alleen voor producten van {range} per stuk',
      nb: 'gjelder varer som koster {range} per stykk',
      pl: 'dotyczy produktów w cenie: {range} za sztukę',
    },
    inMoney,
  ),
  onSale: either({
    en: '{is, select, yes {on products on sale} other {not on products on sale}}',
    nl: '{is, select, yes {alleen voor afgeprijsde producten} other {niet voor afgeprijsde producten}}',
    nb: '{is, select, yes {gjelder varer på salg} other {ikke for varer på salg}}',
    pl: '{is, select, yes {dotyczy produktów przecenionych} other {z wyjątkiem produktów przecenionych}}',
  }),
  quantity: between(
    {
      en: 'with {range} of the same product',
      nl: 'bij {range} van hetzelfde product',
      nb: 'ved {range} av samme vare',
      pl: 'przy liczbie sztuk tego samego produktu: {range}',
    },
    inNumbers,
  ),
};

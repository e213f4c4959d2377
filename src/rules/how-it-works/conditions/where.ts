import type { Where } from '../../rule-parts.js';
import { anyOfQuoted, between, calledOrQuoted, type Clauses, either, inMoney, inNumbers, named } from './clauses.js';

/** What is asked of a line. */
export const WHERE: Clauses<Where> = {
  products: named(
    'product',
    { en: 'on {names}', nl: 'op {names}', nb: 'på {names}', pl: 'na: {names}' },
    {
      en: 'on {n, plural, one {one chosen product} other {# chosen products}}',
      nl: 'op {n, plural, one {één gekozen product} other {# gekozen producten}}',
      nb: 'på {n, plural, one {ett utvalgt produkt} other {# utvalgte produkter}}',
      pl: 'na {n, plural, one {jeden wybrany produkt} few {# wybrane produkty} other {# wybranych produktów}}',
    },
  ),
  variants: named(
    'variant',
    { en: 'on {names}', nl: 'op {names}', nb: 'på {names}', pl: 'na: {names}' },
    {
      en: 'on {n, plural, one {one chosen variant} other {# chosen variants}}',
      nl: 'op {n, plural, one {één gekozen variant} other {# gekozen varianten}}',
      nb: 'på {n, plural, one {én utvalgt variant} other {# utvalgte varianter}}',
      pl: 'na {n, plural, one {jeden wybrany wariant} few {# wybrane warianty} other {# wybranych wariantów}}',
    },
  ),
  skus: anyOfQuoted({
    en: 'on article number {names}',
    nl: 'op artikelnummer {names}',
    nb: 'på varenummer {names}',
    pl: 'na produkty o numerze {names}',
  }),
  categories: calledOrQuoted('category', {
    en: 'on products in {names}',
    nl: 'op producten in {names}',
    nb: 'på varer i {names}',
    pl: 'na produkty z {n, plural, one {kategorii} other {kategorii:}} {names}',
  }),
  tags: anyOfQuoted({
    en: 'on products tagged {names}',
    nl: 'op producten met het label {names}',
    nb: 'på varer merket {names}',
    pl: 'na produkty oznaczone {names}',
  }),
  notProducts: named(
    'product',
    { en: 'not on {names}', nl: 'niet op {names}', nb: 'ikke på {names}', pl: 'z wyjątkiem: {names}' },
    {
      en: 'not on {n, plural, one {one product} other {# products}}',
      nl: 'niet op {n, plural, one {één product} other {# producten}}',
      nb: 'ikke på {n, plural, one {ett produkt} other {# produkter}}',
      pl: 'z wyjątkiem {n, plural, one {jednego produktu} other {# produktów}}',
    },
  ),
  notVariants: named(
    'variant',
    { en: 'not on {names}', nl: 'niet op {names}', nb: 'ikke på {names}', pl: 'z wyjątkiem: {names}' },
    {
      en: 'not on {n, plural, one {one variant} other {# variants}}',
      nl: 'niet op {n, plural, one {één variant} other {# varianten}}',
      nb: 'ikke på {n, plural, one {én variant} other {# varianter}}',
      pl: 'z wyjątkiem {n, plural, one {jednego wariantu} other {# wariantów}}',
    },
  ),
  notSkus: anyOfQuoted({
    en: 'not on article number {names}',
    nl: 'niet op artikelnummer {names}',
    nb: 'ikke på varenummer {names}',
    pl: 'z wyjątkiem produktów o numerze {names}',
  }),
  notCategories: calledOrQuoted('category', {
    en: 'not on products in {names}',
    nl: 'niet op producten in {names}',
    nb: 'ikke på varer i {names}',
    pl: 'z wyjątkiem produktów z kategorii {names}',
  }),
  notTags: anyOfQuoted({
    en: 'not on products tagged {names}',
    nl: 'niet op producten met het label {names}',
    nb: 'ikke på varer merket {names}',
    pl: 'z wyjątkiem produktów oznaczonych {names}',
  }),
  price: between(
    {
      en: 'on products that cost {range} each',
      nl: 'op producten van {range} per stuk',
      nb: 'på varer som koster {range} per stykk',
      pl: 'na produkty w cenie: {range} za sztukę',
    },
    inMoney,
  ),
  onSale: either({
    en: '{is, select, yes {on products on sale} other {not on products on sale}}',
    nl: '{is, select, yes {op afgeprijsde producten} other {niet op afgeprijsde producten}}',
    nb: '{is, select, yes {på varer på salg} other {ikke på varer på salg}}',
    pl: '{is, select, yes {na produkty przecenione} other {z wyjątkiem produktów przecenionych}}',
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

import type { Customer, Product } from '../stores/shop/model.js';
import type { Shop } from '../stores/shop/shop.js';
import type { Lang } from './words/all.js';

type Seed = Omit<Product, 'id' | 'created' | 'modified'>;

const plain = { taxPercent: 0, giftCard: false, image: '' };

/** What the two demo shops sell. Prices as displayed, in cents. Pictures are found by `sku` (pictures.ts). */
export const ROASTERY: Seed[] = [
  {
    ...plain,
    sku: 'YIRGACHEFFE',
    title: 'Yirgacheffe',
    description: '',
    price: 1250,
    categories: ['Coffee'],
    tags: ['beans', 'ethiopia'],
  },
  {
    ...plain,
    sku: 'HOUSE',
    title: 'House Espresso',
    description: '',
    price: 2400,
    categories: ['Coffee'],
    tags: ['beans'],
  },
  {
    ...plain,
    sku: 'KETTLE',
    title: 'Pour-over Kettle',
    description: '',
    price: 5900,
    categories: ['Brewing'],
    tags: ['gear'],
  },
];

export const KNIT_SHOP: Seed[] = [
  { ...plain, sku: 'WOOL', title: 'Fjord Wool', description: '', price: 890, categories: ['Yarn'], tags: ['wool'] },
  {
    ...plain,
    sku: 'MITTENS',
    title: 'Selbu Mitten Kit',
    description: '',
    price: 3450,
    categories: ['Kits'],
    tags: ['kit', 'wool'],
  },
  {
    ...plain,
    sku: 'NEEDLES',
    title: 'Birch Needles',
    description: '',
    price: 1600,
    categories: ['Tools'],
    tags: ['tools'],
  },
];

/** Customers that can sign in at either shop; the password is `demo`. */
export const PERSONAS: Pick<Customer, 'email' | 'firstName' | 'lastName' | 'password'>[] = [
  { email: 'ana@example.test', firstName: 'Ana', lastName: 'Kowalska', password: 'demo' },
  { email: 'bob@example.test', firstName: 'Bob', lastName: 'de Vries', password: 'demo' },
];

/** One line under each product's name, in the shopper's language. */
export const BLURBS: Record<string, Record<Lang, string>> = {
  YIRGACHEFFE: {
    en: 'Bergamot, apricot, black tea. Washed, from Ethiopia. 250 g.',
    nl: 'Bergamot, abrikoos, zwarte thee. Gewassen, uit Ethiopië. 250 g.',
    nb: 'Bergamott, aprikos, svart te. Vasket, fra Etiopia. 250 g.',
    pl: 'Bergamotka, morela, czarna herbata. Myta, z Etiopii. 250 g.',
  },
  HOUSE: {
    en: 'Dark chocolate, toasted hazelnut, a long finish. 1 kg.',
    nl: 'Pure chocolade, geroosterde hazelnoot, lange afdronk. 1 kg.',
    nb: 'Mørk sjokolade, ristet hasselnøtt, lang ettersmak. 1 kg.',
    pl: 'Gorzka czekolada, prażony orzech laskowy, długi finisz. 1 kg.',
  },
  KETTLE: {
    en: 'A slow, steady stream from a goose neck. Holds 900 ml.',
    nl: 'Een rustige, vaste straal uit een zwanenhals. Inhoud 900 ml.',
    nb: 'En rolig, jevn stråle fra svanehalsen. Rommer 900 ml.',
    pl: 'Wolny, równy strumień z gęsiej szyjki. Pojemność 900 ml.',
  },
  WOOL: {
    en: 'Two-ply from sheep that walk by the fjord. 50 g, 175 m.',
    nl: 'Tweedraads, van schapen langs het fjord. 50 g, 175 m.',
    nb: 'Totråds, fra sauer som går ved fjorden. 50 g, 175 m.',
    pl: 'Dwunitkowa, od owiec znad fiordu. 50 g, 175 m.',
  },
  MITTENS: {
    en: 'The eight-petalled rose, in two colours. Yarn and chart for one pair.',
    nl: 'De achtbladige roos, in twee kleuren. Garen en telpatroon voor één paar.',
    nb: 'Åttebladrosen i to farger. Garn og diagram til ett par.',
    pl: 'Ośmiopłatkowa róża w dwóch kolorach. Włóczka i schemat na jedną parę.',
  },
  NEEDLES: {
    en: 'Turned from birch, oiled by hand. Five double-pointed, 3.5 mm.',
    nl: 'Gedraaid uit berk, met de hand geolied. Vijf sokkennaalden, 3,5 mm.',
    nb: 'Dreid av bjørk, oljet for hånd. Fem strømpepinner, 3,5 mm.',
    pl: 'Toczone z brzozy, ręcznie olejowane. Pięć drutów skarpetkowych, 3,5 mm.',
  },
};

/** Fills an empty shop; one that has products is left as it is. */
export function stock(shop: Shop, shelf: readonly Seed[]): void {
  if (shop.state.products.length > 0) return;
  for (const seed of shelf) shop.addProduct({ ...seed, description: BLURBS[seed.sku]?.en ?? '' });
  for (const persona of PERSONAS) if (!shop.customerByEmail(persona.email)) shop.addCustomer(persona);
}

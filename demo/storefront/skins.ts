/** Two faces of one page: a coffee roaster and a yarn shop. Colours pass 4.5:1 on their grounds, light and dark. */
export interface Skin {
  id: 'roastery' | 'knit';
  name: string;
  line: Record<'en' | 'nl' | 'nb' | 'pl', string>;
  platform: string;
}

export const ROASTERY_SKIN: Skin = {
  id: 'roastery',
  name: 'Kade 9',
  platform: 'WooCommerce',
  line: {
    en: 'Coffee, roasted on Tuesdays by the canal.',
    nl: 'Koffie, op dinsdag gebrand aan het kanaal.',
    nb: 'Kaffe, brent på tirsdager ved kanalen.',
    pl: 'Kawa palona we wtorki nad kanałem.',
  },
};

export const KNIT_SKIN: Skin = {
  id: 'knit',
  name: 'Nøste & Nål',
  platform: 'Shopify',
  line: {
    en: 'Yarn and patterns for long evenings.',
    nl: 'Garen en patronen voor lange avonden.',
    nb: 'Garn og mønstre til lange kvelder.',
    pl: 'Włóczki i wzory na długie wieczory.',
  },
};

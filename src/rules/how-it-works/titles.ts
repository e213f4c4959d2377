import type { Section } from './index.js';
import type { Said } from './speaker.js';

/** What stands over each part of the page. */
export const TITLES: Record<Section, Said> = {
  program: { en: 'The program', nl: 'Het programma', nb: 'Programmet', pl: 'Program' },
  earning: { en: 'How you earn', nl: 'Zo spaar je', nb: 'Slik tjener du opp', pl: 'Jak zbierać' },
  promotions: { en: 'Promotions', nl: 'Acties', nb: 'Kampanjer', pl: 'Promocje' },
  tiers: {
    en: 'Levels and membership',
    nl: 'Niveaus en lidmaatschap',
    nb: 'Nivåer og medlemskap',
    pl: 'Poziomy i członkostwo',
  },
  rewards: { en: 'What you get', nl: 'Wat je krijgt', nb: 'Dette får du', pl: 'Nagrody' },
  terms: { en: 'Good to know', nl: 'Goed om te weten', nb: 'Greit å vite', pl: 'Warto wiedzieć' },
};

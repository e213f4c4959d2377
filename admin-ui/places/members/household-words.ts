import { defineWords } from '../../words/words.js';

/** With whom somebody shares an account. */
export const HOUSEHOLD = defineWords({
  en: {
    heads: 'Head of a household. What these earn is saved here:',
    savesFor: 'In a household. What they earn is saved by its head:',
    somebody: 'a member',
  },
  nl: {
    heads: 'Hoofd van een huishouden. Wat deze leden sparen, staat hier:',
    savesFor: 'In een huishouden. Wat dit lid spaart, staat bij het hoofd:',
    somebody: 'een lid',
  },
  nb: {
    heads: 'Hovedmedlem i en husstand. Det disse tjener opp, står her:',
    savesFor: 'I en husstand. Det medlemmet tjener opp, står hos hovedmedlemmet:',
    somebody: 'et medlem',
  },
  pl: {
    heads: 'Główny uczestnik gospodarstwa domowego. Tutaj trafia to, co zbierają:',
    savesFor: 'W gospodarstwie domowym. To, co zbiera, trafia do głównego uczestnika:',
    somebody: 'uczestnik',
  },
});

import type { ProgramRules } from '../program-rules.js';
import { withMember } from './conditions/gifts.js';
import { withTerms } from './expiry/index.js';
import { boundTexts } from './limits.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{pts} for a published review of a product, once per product{more, select, none {} other {, {more} more with a photo}}',
  nl: '{pts} voor een geplaatste review, één keer per product{more, select, none {} other {, met foto {more} extra}}',
  nb: '{pts} for en publisert omtale, én gang per produkt{more, select, none {} other {, {more} ekstra med bilde}}',
  pl: '{pts} za opublikowaną opinię, raz na produkt{more, select, none {} other {, ze zdjęciem dodatkowo {more}}}',
};

export const reviewsText: Tell<NonNullable<ProgramRules['reviews']>> = (reviews, speaker) =>
  withTerms(
    [
      withMember(
        speaker.say(said, {
          pts: speaker.count(reviews.unit, reviews.gives),
          more: reviews.photo === 0 ? 'none' : speaker.count(reviews.unit, reviews.photo),
        }),
        reviews,
        speaker,
      ),
      ...boundTexts(reviews, speaker),
    ].join(', '),
    reviews.unit,
    reviews.expiry,
    speaker,
  );

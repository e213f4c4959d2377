import { en, type Messages } from './en.js';
import { nb } from './nb.js';
import { nl } from './nl.js';
import { pl } from './pl.js';

/** Every language the widget speaks. The build packs them and calls them by number (scripts/build-widget.mjs), as keys weigh more than words. */
export const CATALOGUES: Record<string, Messages> = { en, nl, nb, pl };

import { defineWords } from '../../words/words.js';
import { en } from './form-words/en.js';
import { nb } from './form-words/nb.js';
import { nl } from './form-words/nl.js';
import { pl } from './form-words/pl.js';

/** The form of a promotion. What stands in [brackets] is a field of the sentence. */
export const FORM = defineWords({ en, nl, nb, pl });

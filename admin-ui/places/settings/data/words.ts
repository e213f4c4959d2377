import { defineWords } from '../../../words/words.js';
import { en } from './words/en.js';
import { nb } from './words/nb.js';
import { nl } from './words/nl.js';
import { pl } from './words/pl.js';

export const DATA = defineWords({ en, nl, nb, pl });

import { defineWords } from '../../words/words.js';
import { en } from './words/en.js';
import { nl } from './words/nl.js';
import { nb } from './words/nb.js';
import { pl } from './words/pl.js';

export const PROGRAM = defineWords({ en, nl, nb, pl });

import { defineWords } from '../../words/words.js';
import { en } from './report-words/en.js';
import { nb } from './report-words/nb.js';
import { nl } from './report-words/nl.js';
import { pl } from './report-words/pl.js';

/** The report of a simulation, in the order in which it argues, and the last look before publishing. */
export const REPORT = defineWords({ en, nl, nb, pl });

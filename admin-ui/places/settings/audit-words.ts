import { defineWords } from '../../words/words.js';
import { en } from './audit-words/en.js';
import { nb } from './audit-words/nb.js';
import { nl } from './audit-words/nl.js';
import { pl } from './audit-words/pl.js';

export const AUDIT = defineWords({ en, nl, nb, pl });
export type Told = keyof typeof en;
/** Whether there is a sentence for it; what is newer than these words is shown as it is called. */
export const isTold = (what: string): what is Told => Object.hasOwn(en, what);

import type { ImportSource } from '../import-source.js';
import { loyaltylion } from './loyaltylion.js';
import { other } from './other.js';
import { smile } from './smile.js';
import { wployalty } from './wployalty.js';
import { wpswings } from './wpswings.js';
import { yith } from './yith.js';
import { yotpo } from './yotpo.js';

/** Where members and balances may come from: one file and one line each. */
export const SOURCES: readonly ImportSource[] = [other, smile, loyaltylion, yotpo, yith, wployalty, wpswings];

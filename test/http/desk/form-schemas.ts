import type { Schema } from '../../../admin-ui/places/program/form/form-model.js';
import { programFileSchema } from '../../../src/programs/json-schema.js';

const itemsOf = (word: string) => (programFileSchema.properties?.['rules']?.properties?.[word]?.items ?? {}) as Schema;

/** Of a program file's schema, one earning rule and one reward. */
export const earningRule = itemsOf('earning');
export const rewardRule = itemsOf('rewards');

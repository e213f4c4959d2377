import type { Expiry } from '../../program-rules.js';
import type { Speaker, Tell } from '../speaker.js';
import { date } from './date.js';
import { days } from './days.js';
import { inactivity } from './inactivity.js';
import { months } from './months.js';
import { none } from './none.js';
import { periodEnd } from './period-end.js';
import { yearly } from './yearly.js';

/** How long a unit lives: its name for many of it, and the expiry of one kind. */
export type TellExpiry<Kind extends Expiry['kind']> = Tell<{ units: string; expiry: Extract<Expiry, { kind: Kind }> }>;

const TELLS: { [Kind in Expiry['kind']]: TellExpiry<Kind> } = {
  ...{ none, days, months, date, yearly, inactivity },
  'period-end': periodEnd,
};

/** A gift whose points live by terms of their own says so behind itself. */
export function withTerms(text: string, unit: string, expiry: Expiry | undefined, speaker: Speaker): string {
  return expiry === undefined ? text : `${text}; ${expiryText(unit, expiry, speaker)}`;
}

export function expiryText(unit: string, expiry: Expiry, speaker: Speaker): string {
  const tell = TELLS[expiry.kind] as Tell<{ units: string; expiry: Expiry }>;
  return tell({ units: speaker.units(unit), expiry }, speaker);
}

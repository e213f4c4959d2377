import type { Perk, PerkKind } from '../perk-rules.js';
import type { When } from '../program-rules.js';
import { withConditions } from './conditions/index.js';
import type { Said, Speaker, Tell } from './speaker.js';

const freeShipping: Said = { en: 'free shipping', nl: 'gratis verzending', nb: 'fri frakt', pl: 'darmowa dostawa' };
const percentOff: Said = {
  en: '{percent} off at the checkout',
  nl: '{percent} korting bij het afrekenen',
  nb: '{percent} rabatt i kassen',
  pl: '{percent} rabatu przy kasie',
};
const access: Said = {
  en: 'access to {name}{hours, plural, =0 {} one {, an hour before others} other {, # hours before others}}',
  nl: 'toegang tot {name}{hours, plural, =0 {} one {, een uur eerder dan anderen} other {, # uur eerder dan anderen}}',
  nb: 'tilgang til {name}{hours, plural, =0 {} one {, en time før andre} other {, # timer før andre}}',
  pl: 'dostęp do: {name}{hours, plural, =0 {} one {, godzinę przed innymi} few {, # godziny przed innymi} many {, # godzin przed innymi} other {, # godziny przed innymi}}',
};

const asked = ({ minCart, when }: Exclude<Perk, { kind: 'access' }>): When | undefined =>
  minCart === undefined ? when : { ...when, minOrder: minCart };

/** Each kind of perk as part of a sentence; a new one has its line here. */
const TELLS: { [Kind in PerkKind]: Tell<Extract<Perk, { kind: Kind }>> } = {
  'free-shipping': (perk, speaker) =>
    withConditions(speaker.say(freeShipping), { where: undefined, when: asked(perk) }, speaker),
  percent: (perk, speaker) =>
    withConditions(
      speaker.say(percentOff, { percent: speaker.percent(perk.percent) }),
      { where: perk.where, when: asked(perk) },
      speaker,
    ),
  access: ({ id, hours = 0 }, speaker) => speaker.say(access, { name: speaker.named('rule', [id])?.[0] ?? id, hours }),
};

export function perkTexts(perks: readonly Perk[] | undefined, speaker: Speaker): string[] {
  return (perks ?? []).map((perk) => (TELLS[perk.kind] as Tell<Perk>)(perk, speaker));
}

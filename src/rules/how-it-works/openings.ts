import type { Opening } from '../perk-rules.js';
import { withConditions } from './conditions/index.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{name} opens for everybody on {moment}, and earlier for whoever has access',
  nl: '{name} gaat voor iedereen open op {moment}, en eerder voor wie toegang heeft',
  nb: '{name} åpner for alle {moment}, og tidligere for dem som har tilgang',
  pl: '{name}: dla wszystkich od {moment}, a wcześniej dla tych, którzy mają dostęp',
};

export const openingText: Tell<Opening> = ({ access, opens, where }, speaker) =>
  withConditions(
    speaker.say(said, { name: speaker.name('rule', access), moment: speaker.moment(opens) }),
    { where, when: undefined },
    speaker,
  );

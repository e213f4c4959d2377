import type { ProgramRules } from '../program-rules.js';
import { withMember } from './conditions/gifts.js';
import { withTerms } from './expiry/index.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{pts} when you join',
  nl: '{pts} als je lid wordt',
  nb: '{pts} når du blir med',
  pl: '{pts} za dołączenie',
};

export const joiningText: Tell<NonNullable<ProgramRules['joining']>> = (joining, speaker) =>
  withTerms(
    withMember(speaker.say(said, { pts: speaker.count(joining.unit, joining.gives) }), joining, speaker),
    joining.unit,
    joining.expiry,
    speaker,
  );

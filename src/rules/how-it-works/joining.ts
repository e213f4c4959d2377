import type { ProgramRules } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{pts} when you join',
  nl: '{pts} als je lid wordt',
  nb: '{pts} når du blir med',
  pl: '{pts} za dołączenie',
};

export const joiningText: Tell<NonNullable<ProgramRules['joining']>> = (joining, speaker) =>
  speaker.say(said, { pts: speaker.count(joining.unit, joining.gives) });

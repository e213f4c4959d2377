import type { ProgramFile } from '../../programs/program-file.js';
import { namesOf } from '../../programs/speaker-of.js';
import { type NameOf, Speaker } from '../../rules/how-it-works/speaker.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import type { Wording } from '../../rules/sentences.js';
import type { Language } from './verbs.js';

/** A program as one shopper meets it: its rules, and what it calls its units, rules and levels in their language. */
export interface Spoken {
  name: string;
  rules: ProgramRules;
  language: Language;
  wording: Wording;
  nameOf: NameOf;
  speaker: Speaker;
  symbolOf(unit: string): string | null;
}

/** `thing` names what a program does not name itself: products, stores. */
export function spokenIn(file: ProgramFile, language: Language, thing: NameOf = () => null): Spoken {
  const { wording, nameOf: own } = namesOf(file, language);
  const nameOf: NameOf = (of, id) => own(of, id) ?? thing(of, id);
  const symbolOf = (unit: string) => file.names.units[unit]?.symbol ?? null;
  const { name, rules } = file;
  return { name, rules, language, wording, nameOf, speaker: new Speaker(wording, nameOf), symbolOf };
}

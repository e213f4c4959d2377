import type { ProgramRules } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'up to {size} members of a household can save together: what each earns while in it is the head’s, who alone uses it; whoever leaves earns for themselves again, and what was earned stays with the head',
  nl: 'tot {size} leden van een huishouden kunnen samen sparen: wat ieder in die tijd spaart, is van het hoofd, en alleen dat gebruikt het; wie vertrekt, spaart weer voor zichzelf, en wat gespaard is, blijft bij het hoofd',
  nb: 'inntil {size} medlemmer i en husstand kan spare sammen: det hver av dem tjener i den tiden, tilhører hovedmedlemmet, som alene bruker det; den som går ut, sparer for seg selv igjen, og det som er tjent, blir hos hovedmedlemmet',
  pl: 'do {size} uczestników z jednego gospodarstwa może zbierać razem: to, co każdy w tym czasie zdobędzie, należy do głównego uczestnika i tylko on z tego korzysta; kto odchodzi, znów zbiera dla siebie, a zebrane zostaje u głównego uczestnika',
};

export const householdText: Tell<NonNullable<ProgramRules['household']>> = ({ size }, speaker) =>
  speaker.say(said, { size: String(size) });

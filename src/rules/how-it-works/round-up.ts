import type { ProgramRules } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'you may round up what you pay to the next {money} with {product}: the cart says beforehand what the difference gives',
  nl: 'je kunt het bedrag met {product} naar boven afronden op {money}: de winkelwagen zegt vooraf wat het verschil oplevert',
  nb: 'du kan runde opp beløpet til nærmeste {money} med {product}: handlekurven sier på forhånd hva differansen gir',
  pl: 'możesz zaokrąglić kwotę w górę do pełnych {money}, biorąc {product}: koszyk z góry powie, co daje różnica',
};

export const roundUpText: Tell<NonNullable<ProgramRules['roundUp']>> = ({ product, to }, speaker) =>
  speaker.say(said, { money: speaker.money(to), product: speaker.name('product', product) });

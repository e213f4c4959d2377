import type { EarningRule } from '../../program-rules.js';
import type { Said, Tell } from '../speaker.js';

const said: Said = {
  en: '{pts} for every {money} of shipping that you need not pay{otherwise, select, none {} other { ({otherwise} where the shop does not tell how much that was)}}',
  nl: '{pts} voor elke {money} aan verzendkosten die je niet hoeft te betalen{otherwise, select, none {} other { ({otherwise} als de winkel niet zegt hoeveel dat was)}}',
  nb: '{pts} for hver {money} i frakt som du slipper å betale{otherwise, select, none {} other { ({otherwise} når butikken ikke sier hvor mye det var)}}',
  pl: '{pts} za każde {money} kosztów dostawy, których nie płacisz{otherwise, select, none {} other { ({otherwise}, gdy sklep nie podaje, ile by wyniosły)}}',
};

export const shipping: Tell<Extract<EarningRule, { kind: 'shipping' }>> = ({ unit, points, per, otherwise }, speaker) =>
  speaker.say(said, {
    pts: speaker.count(unit, points),
    money: speaker.money(per),
    otherwise: otherwise === undefined ? 'none' : speaker.money(otherwise),
  });

import type { RewardRule } from '../../program-rules.js';
import { withConditions } from '../conditions/index.js';
import type { Said, Speaker, Tell } from '../speaker.js';
import { amountOff } from './amount-off.js';
import { byHand } from './by-hand.js';
import { donation } from './donation.js';
import { freeShipping } from './free-shipping.js';
import { percentOff } from './percent-off.js';
import { product } from './product.js';
import { slider } from './slider.js';
import { storeCredit } from './store-credit.js';

export type TellReward<Kind extends RewardRule['kind']> = Tell<Extract<RewardRule, { kind: Kind }>>;

/** Everything that points become has its sentence: a file of its own and its name here. */
const TELLS: { [Kind in RewardRule['kind']]: TellReward<Kind> } = {
  'amount-off': amountOff,
  'percent-off': percentOff,
  'free-shipping': freeShipping,
  product,
  slider,
  donation,
  'store-credit': storeCredit,
  'by-hand': byHand,
};

const minCart: Said = {
  en: 'from {money} in the cart',
  nl: 'vanaf {money} in de winkelwagen',
  nb: 'fra {money} i handlekurven',
  pl: 'przy koszyku od {money}',
};
const burn: Said = {
  en: 'what an order leaves of it lapses',
  nl: 'wat een bestelling ervan overlaat, vervalt',
  nb: 'det en bestilling lar være igjen, faller bort',
  pl: 'niewykorzystana część przepada',
};
const keep: Said = {
  en: 'a refund of part of the order gives nothing of it back',
  nl: 'bij een gedeeltelijke terugbetaling komt er niets van terug',
  nb: 'ved delvis refusjon kommer ingenting tilbake',
  pl: 'przy częściowym zwrocie nic z niej nie wraca',
};
const counted: Said = {
  en: 'as long as there are any left',
  nl: 'zolang de voorraad strekt',
  nb: 'så lenge lageret rekker',
  pl: 'do wyczerpania zapasów',
};

/** Before the products on which it holds. */
const chosen: Said = {
  en: ' (one item in your cart)',
  nl: ' (één artikel in je winkelwagen)',
  nb: ' (én vare i handlekurven)',
  pl: ' (jedna sztuka z koszyka)',
};

/** What it costs and gives, and what it asks. */
export function rewardText(reward: RewardRule, speaker: Speaker): string {
  const tell = TELLS[reward.kind] as Tell<RewardRule>;
  const { tiers, where } = reward;
  return [
    withConditions(
      `${tell(reward, speaker)}${reward.kind === 'product' && where ? speaker.say(chosen) : ''}`,
      { where, when: tiers && { tiers } },
      speaker,
    ),
    ...(reward.minCart === undefined ? [] : [speaker.say(minCart, { money: speaker.money(reward.minCart) })]),
    ...(reward.rest === 'burn' ? [speaker.say(burn)] : []),
    ...(reward.onRefund === 'keep' ? [speaker.say(keep)] : []),
    ...(reward.stock === 'counted' ? [speaker.say(counted)] : []),
  ].join(', ');
}

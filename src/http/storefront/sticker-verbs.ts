import type { Tx } from '../../db/database.js';
import { readRedemption, type RedemptionRow } from '../../loyalty/read-redemption.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { stickersOfOrder } from '../../loyalty/stickers/print-stickers.js';
import { redeemStickers } from '../../loyalty/stickers/redeem-stickers.js';
import type { Cart } from '../../rules/cart.js';
import { refOf, within } from './asking.js';
import { inLanguage } from './deed-verbs.js';
import type { VerbParts } from './make-verbs.js';
import { redemptionView } from './preview-view.js';
import type { Cart as WireCart } from './schemas.js';
import type { Shopper, StorefrontVerbs } from './verbs.js';

type ReadCart = (tx: Tx, shopper: Shopper, wire: WireCart) => Promise<Cart>;

/** The storefront's verbs for stickers. */
export function stickerVerbs(
  parts: VerbParts,
  cartFor: ReadCart,
): Pick<StorefrontVerbs, 'stickersOfOrder' | 'redeemStickers'> {
  const viewOf = async (tx: Tx, shopper: Shopper, row: RedemptionRow) => {
    const { program } = shopper.store;
    const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], shopper.now);
    return redemptionView(rules, (await readRedemption(tx, program, row.id)) ?? row);
  };
  return {
    stickersOfOrder: (customer, order) =>
      within(parts, customer, (tx) => {
        const { program, store } = refOf(customer);
        return stickersOfOrder(tx, program, { store, id: order, customer: customer.customer }, parts.loyalty);
      }),
    redeemStickers: async (shopper, { reward, codes, cart: wire, key }) => {
      const made = await inLanguage(shopper.language, () =>
        within(parts, shopper, async (tx) => {
          const cart = await cartFor(tx, shopper, wire);
          const wish = { ...refOf(shopper), customer: shopper.customer, reward, codes, cart, key };
          return redeemStickers(tx, wish, shopper.now, parts.loyalty);
        }),
      );
      parts.ringEffects(shopper.store.program);
      if (made.code_state === 'wanted')
        await parts.hurry({ store: made.store_id, kind: 'create-code', subject: made.id });
      return within(parts, shopper, (tx) => viewOf(tx, shopper, made));
    },
  };
}

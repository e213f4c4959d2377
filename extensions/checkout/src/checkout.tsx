import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/purchase.checkout.block.render';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import type { Held, Preview, Redeemable } from '../../../widget/answers.js';
import { serviceAddress } from '../../shared/address.js';
import { useAsked } from '../../shared/asked.js';
import { cartOf } from '../../shared/checkout-cart.js';
import { minorOf } from '../../shared/money.js';
import { type Outcome, type TakeCode, useReward } from '../../shared/redeeming.js';
import { sayOf } from '../../shared/say.js';
import { type Service, serviceFor } from '../../shared/service.js';
import { type Words, wordsOf } from '../../shared/words.js';

declare const shopify: Api;

export default () => render(<UsePoints service={serviceOfCheckout()} />, document.body);

const say = (...told: Parameters<ReturnType<typeof sayOf>>) => sayOf(shopify)(...told);
const pace = { wait: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };

function serviceOfCheckout(): Service {
  return serviceFor({
    base: `${serviceAddress()}/storefront/v1`,
    token: () => shopify.sessionToken.get(),
    lang: shopify.localization.extensionLanguage.value.isoCode,
  });
}

/** The cart as it stands at this step; read while drawing, so that a change of it draws again. */
function currentCart() {
  const { appliedGiftCards, cost, lines, discountCodes } = shopify;
  const { amount: subtotal, currencyCode: currency } = cost.subtotalAmount.value;
  const cart = cartOf(lines.value, {
    currency,
    subtotal,
    shipping: cost.totalShippingAmount.value?.amount ?? null,
    tax: cost.totalTaxAmount.value?.amount ?? null,
    total: cost.totalAmount.value.amount,
  });
  const giftCardPaid = appliedGiftCards.value.reduce(
    (all, { amountUsed }) => all + minorOf(amountUsed.amount, currency),
    0,
  );
  return {
    ...cart,
    giftCardPaid,
    coupons: discountCodes.value.map(({ code }) => code).filter((code) => !OURS.test(code)),
  };
}

/** Codes that the program makes (src/loyalty/codes.ts). */
const OURS = /^TM-[0-9A-Z]{18}$/i;

/** Points as money off, in the checkout itself: one line, closed until somebody wants it. Only members see more than what this order earns. */
function UsePoints({ service }: { service: Service }) {
  const cart = currentCart();
  const program = useAsked('program', service.program);
  const [round, setRound] = useState(0);
  const preview = useAsked(`${round} ${JSON.stringify(cart)}`, () => service.preview(cart));
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const words = wordsOf(program.value, shopify.localization.extensionLanguage.value.isoCode);
  if (!preview.value) return preview.failed ? <s-text color="subdued">{say('away')}</s-text> : <s-skeleton-paragraph />;

  const settle = (outcome: Outcome) => {
    setBusy(false);
    setTrouble(
      outcome.is === 'applied' ? '' : outcome.is === 'refused' ? outcome.why || say('refused') : say('unknown'),
    );
    setRound((before) => before + 1);
  };
  const use = (reward: string, points: string | null) => {
    setBusy(true);
    void useReward(service, { reward, ...(points === null ? {} : { points }), cart }, takeCode, pace).then(settle);
  };
  const remove = (held: Held) => {
    setBusy(true);
    void removeCode(held.code)
      .then(() => service.undo(held.redemption))
      .then(() => settle({ is: 'refused', why: say('removed') }))
      .catch(() => settle({ is: 'unknown', again: async () => ({ is: 'refused', why: '' }) }));
  };
  return (
    <s-stack gap="base">
      <s-text>{preview.value.earnSentence}</s-text>
      {shopify.instructions.value.discounts.canUpdateDiscountCodes ? (
        <Rewards preview={preview.value} words={words} busy={busy} use={use} remove={remove} />
      ) : (
        preview.value.redeem.some(({ points }) => points !== '0') && <s-text color="subdued">{say('fixed')}</s-text>
      )}
      <s-stack accessibilityRole="status">{trouble && <s-text>{trouble}</s-text>}</s-stack>
    </s-stack>
  );
}

interface RewardsProps {
  preview: Preview;
  words: Words;
  busy: boolean;
  use(reward: string, points: string | null): void;
  remove(held: Held): void;
}

function Rewards({ preview, words, busy, use, remove }: RewardsProps) {
  if (preview.held.length > 0)
    return (
      <s-stack gap="small-200">
        {preview.held.map((held) => (
          <s-stack key={held.redemption} direction="inline" gap="base" alignItems="center">
            <s-text>{say('applied', { money: words.money(held.off), pts: words.pts(held.points, 'points') })}</s-text>
            <s-button variant="secondary" disabled={busy} onClick={() => remove(held)}>
              {say('remove')}
            </s-button>
          </s-stack>
        ))}
      </s-stack>
    );
  const possible = preview.redeem.filter(({ points, off }) => points !== '0' && off.minor > 0);
  if (possible.length === 0) return null;
  return (
    <s-details>
      <s-summary>{say('closed', { money: words.money(best(possible).off) })}</s-summary>
      <s-stack gap="base">
        {possible.map((one) => (
          <Offer key={one.reward} one={one} words={words} busy={busy} use={use} />
        ))}
      </s-stack>
    </s-details>
  );
}

const best = (all: readonly Redeemable[]): Redeemable =>
  all.reduce((most, one) => (one.off.minor > most.off.minor ? one : most));

/** A slider's amount can be chosen; what would come off is told before it is asked for, and the limit that binds with it. */
function Offer({ one, words, busy, use }: { one: Redeemable; words: Words; busy: boolean; use: RewardsProps['use'] }) {
  const [points, setPoints] = useState(one.points);
  const step = one.step === null ? null : BigInt(one.step);
  const chosen = step === null ? one.points : points;
  const off = { ...one.off, minor: Number((BigInt(chosen) * BigInt(one.off.minor)) / BigInt(one.points)) };
  return (
    <s-stack gap="small-200">
      <s-text color="subdued">{one.sentence}</s-text>
      {step !== null && (
        <s-number-field
          label={say('amount')}
          min={Number(one.min ?? one.step)}
          max={Number(one.points)}
          step={Number(one.step)}
          value={points}
          onChange={({ currentTarget }) => setPoints(withinSteps(typedIn(currentTarget), one))}
        />
      )}
      <s-button variant="primary" loading={busy} onClick={() => use(one.reward, step === null ? null : chosen)}>
        {say('use', { money: words.money(off), pts: words.pts(chosen, one.unit) })}
      </s-button>
    </s-stack>
  );
}

const typedIn = (field: EventTarget | null): string =>
  field && 'value' in field && typeof field.value === 'string' ? field.value : '';

/** What was typed, as the nearest amount below it that can be used. */
function withinSteps(typed: string, { points, step, min }: Redeemable): string {
  const wanted = /^\d{1,15}$/.test(typed) ? BigInt(typed) : 0n;
  const [most, by, least] = [BigInt(points), BigInt(step ?? '1'), BigInt(min ?? step ?? '1')];
  const capped = wanted > most ? most : wanted;
  const even = capped - (capped % by);
  return String(even < least ? least : even);
}

const takeCode: TakeCode = async (code) => {
  const result = await shopify.applyDiscountCodeChange({ type: 'addDiscountCode', code });
  return result.type === 'success' ? { taken: true, why: '' } : { taken: false, why: result.message };
};

async function removeCode(code: string): Promise<void> {
  if (code !== '') await shopify.applyDiscountCodeChange({ type: 'removeDiscountCode', code });
}

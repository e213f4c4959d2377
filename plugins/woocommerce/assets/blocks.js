/* Points in the cart and checkout made of blocks: inner blocks of WooCommerce's own, there without the owner placing them. */
(function () {
  'use strict';
  const { element, data } = window.wp;
  const { blocksCheckout, wcSettings } = window.wc;
  const { createElement, useEffect, useRef, useState } = element;
  const { useSelect, select, dispatch } = data;
  const { registerCheckoutBlock, registerCheckoutFilters, extensionCartUpdate } = blocksCheckout;
  const NAME = 'tallymark';
  const facts = wcSettings.getSetting(NAME + '_data', {});
  window.tallymarkFacts = Object.assign(window.tallymarkFacts || {}, facts);

  const told = () => select('wc/store/cart').getCartData().extensions?.[NAME];

  /** The answer brings the whole cart, so the totals change with it. */
  async function act(wish) {
    await extensionCartUpdate({ namespace: NAME, data: wish });
    return told();
  }

  function Points() {
    const box = useRef(null);
    const points = useRef(null);
    const now = useSelect(told, []);
    useEffect(() => {
      points.current = window.tallymarkPoints(box.current, act);
    }, []);
    useEffect(() => {
      if (now) {
        points.current.update(now);
      }
    }, [now]);
    return createElement('section', {
      ref: box,
      className: 'tallymark-points',
      'data-own': '',
      'aria-label': facts.words.points,
    });
  }

  /** Joining with the account that this order makes: shown when there will be one, never ticked beforehand. */
  function Joining() {
    const [joins, setJoins] = useState(false);
    const makes = useSelect((read) => read('wc/store/checkout').getShouldCreateAccount?.() ?? false, []);
    const shown = !facts.customer && (makes || !wcSettings.getSetting('checkoutAllowsGuest', true));
    const wish = shown && joins;
    useEffect(() => {
      const checkout = dispatch('wc/store/checkout');
      (checkout.setExtensionData ?? checkout.__internalSetExtensionData)(NAME, { join: wish });
    }, [wish]);
    if (!shown) {
      return null;
    }
    return createElement(
      'label',
      { className: 'tallymark-join' },
      createElement('input', {
        type: 'checkbox',
        checked: joins,
        onChange: (happening) => setJoins(happening.target.checked),
      }),
      createElement('span', null, facts.consent),
    );
  }

  const isStanding = (code) => /^tallymark-member-[\d.]+$/i.test(code);
  const labelOf = ({ code }) =>
    isStanding(code) ? facts.words.member : /^tm-[0-9a-z]{18}$/i.test(code) ? facts.words.discount : null;

  /**
   * A discount that points paid for, or that a member has, is called so; its code says nothing to anybody. What a member has comes
   * back at once when it is removed, so nothing is said of that.
   */
  registerCheckoutFilters(NAME, {
    coupons: (coupons) =>
      coupons.map((coupon) => {
        const label = labelOf(coupon);
        return label ? { ...coupon, label } : coupon;
      }),
    showRemoveCouponNotice: (shown, extensions, { couponCode }) => shown && !isStanding(couponCode),
  });

  const bring = (name, parent, component) =>
    registerCheckoutBlock({ metadata: { name: NAME + '/' + name, parent: [parent] }, component, force: true });
  bring('cart-points', 'woocommerce/cart-order-summary-block', Points);
  bring('checkout-points', 'woocommerce/checkout-totals-block', Points);
  bring('joining', 'woocommerce/checkout-contact-information-block', Joining);
})();

import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/pos.home.modal.render';
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { sayOf } from '../../shared/say.js';
import { MemberAtTill } from './member-at-till.js';
import { cartAtTill } from './till-cart.js';
import { findMember, serviceAtTill } from './till-service.js';

declare const shopify: Api;

export default () => render(<TillScreen />, document.body);

/** Find who stands there (by what they say, or by scanning their card), then use their points for the sale at hand. */
function TillScreen() {
  const say = sayOf(shopify);
  const cart = shopify.cart.current.value;
  const customer = cart.customer?.id ?? null;
  return (
    <s-page heading={say('title')}>
      <s-scroll-box>
        <s-stack gap="large" padding="large">
          {customer === null ? (
            <Find />
          ) : (
            <MemberAtTill
              key={customer}
              service={serviceAtTill(shopify, customer)}
              say={say}
              lang={shopify.locale.current.value}
              cart={cartAtTill(cart, shopify.session.currentSession.currency)}
              take={async (code) => {
                await shopify.cart.addCartCodeDiscount(code);
                return { taken: true, why: '' };
              }}
              drop={() => shopify.cart.removeAllDiscounts(false)}
              tell={(text) => shopify.toast.show(text)}
            />
          )}
        </s-stack>
      </s-scroll-box>
    </s-page>
  );
}

function Find() {
  const say = sayOf(shopify);
  const [text, setText] = useState('');
  const [state, setState] = useState<'asked' | 'busy' | 'none' | 'away'>('asked');
  const find = (wanted: string) => {
    setState('busy');
    findMember(shopify, wanted).then(
      (customer) => (customer === null ? setState('none') : void shopify.cart.setCustomer({ id: customer })),
      () => setState('away'),
    );
  };
  useEffect(
    () =>
      shopify.scanner.scannerData.current.subscribe(({ data }) => {
        if (data) find(codeIn(data));
      }),
    [],
  );
  return (
    <s-stack gap="base">
      <s-search-field
        placeholder={say('find.label')}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value ?? '')}
      />
      <s-button variant="primary" loading={state === 'busy'} onClick={() => find(text)}>
        {say('find.do')}
      </s-button>
      <s-button onClick={() => shopify.scanner.showCameraScanner()}>{say('find.scan')}</s-button>
      {state === 'none' && <s-text>{say('find.none')}</s-text>}
      {state === 'away' && <s-text>{say('away')}</s-text>}
    </s-stack>
  );
}

/** A card's QR code may hold the member's link; the code stands in it as `ref`. */
function codeIn(scanned: string): string {
  return /[?&]ref=([\w-]+)/.exec(scanned)?.[1] ?? scanned.trim();
}

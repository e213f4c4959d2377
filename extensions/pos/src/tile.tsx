import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/pos.home.tile.render';
import { render } from 'preact';
import { sayOf } from '../../shared/say.js';

declare const shopify: Api;

export default () => render(<PointsTile />, document.body);

function PointsTile() {
  const say = sayOf(shopify);
  const customer = shopify.cart.current.value.customer;
  return (
    <s-tile
      heading={say('title')}
      subheading={say(customer ? 'tile.some' : 'tile.none')}
      onClick={() => shopify.action.presentModal()}
    />
  );
}

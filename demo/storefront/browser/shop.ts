import { bringCart, drawCart } from './cart.js';
import { bringCheckout } from './checkout.js';
import { bringPathPanel } from './path-panel.js';
import { bringAccount, bringOwner, bringReview, bringStrip } from './people.js';
import { byId, call, type Cart, cookie, done, type Session, setCookie, show, words } from './shop-client.js';

/** Under this name the shop hands the friend's code on with the order (src/commerce/referral-attribute.ts). */
const REFERRAL = 'tallymark_referral';

/** A friend's link: kept for a week, told to the program, attached to the cart. */
async function bringReferral(cart: Cart): Promise<void> {
  const arrived = new URLSearchParams(location.search).get('ref');
  if (arrived && /^[\w-]{1,64}$/.test(arrived)) setCookie('demo_ref', arrived);
  const code = cookie('demo_ref');
  if (!code) return;
  show('invited', arrived !== null);
  for (const block of document.querySelectorAll('tally-mark:not([view=product])')) block.setAttribute('referral', code);
  if (cart.attributes[REFERRAL] !== code) await call('POST', 'cart/attributes', { [REFERRAL]: code });
}

function bringAdd(): void {
  const add = byId<HTMLButtonElement>('add');
  add?.addEventListener('click', () => {
    const product = add.dataset['product'] ?? '';
    void call<Cart>('GET', 'cart')
      .then((cart) => {
        const had = cart.lines.find((line) => line.product === product)?.quantity ?? 0;
        return call<Cart>('POST', 'cart/lines', { product, quantity: had + 1 });
      })
      .then((cart) => {
        drawCart(cart);
        const added = byId('added');
        const link = document.createElement('a');
        link.href = '/cart';
        link.textContent = words.toCart;
        added?.replaceChildren(`${words.added} `, link);
      });
  });
}

async function bringPage(): Promise<void> {
  bringPathPanel();
  bringCart();
  bringAdd();
  bringOwner();
  document.addEventListener('tally:joined', () => done('join'));
  const [session, cart] = await Promise.all([call<Session>('GET', 'session'), call<Cart>('GET', 'cart')]);
  bringStrip(session);
  bringReview(session);
  bringAccount(session);
  bringCheckout(session);
  drawCart(cart);
  await bringReferral(cart);
}

void bringPage();

import { byId, call, type Cart, done, el, fill, money, pointsMoved, reason, show, words } from './shop-client.js';

const picture = (product: string): Node =>
  byId<HTMLTemplateElement>('pictures')
    ?.content.querySelector(`[data-product="${CSS.escape(product)}"] svg`)
    ?.cloneNode(true) ?? document.createTextNode('');

let drawn: Cart | null = null;

/** Sends a change of the cart and shows what the shop makes of it. */
async function change(path: string, body: unknown): Promise<void> {
  drawCart(await call<Cart>('POST', path, body));
}

function lineOf({ product, title, quantity, before }: Cart['lines'][number], editable: boolean): HTMLElement {
  const by = (step: number, label: string, sign: string) => {
    const button = el('button', { type: 'button', 'aria-label': `${label}: ${title}` }, sign);
    button.addEventListener('click', () => void change('cart/lines', { product, quantity: quantity + step }));
    return button;
  };
  const amount = editable
    ? el(
        'span',
        { class: 'quantity' },
        by(-1, words.fewer, '−'),
        el('output', { 'aria-label': words.quantity }, String(quantity)),
        by(1, words.more, '+'),
      )
    : el('small', {}, `${words.quantity}: ${quantity}`);
  const named = el('div', {}, el('b', {}, title), el('br'), amount);
  return el(
    'li',
    {},
    el('div', { class: 'item' }, picture(product), named),
    el('span', { class: 'price' }, money(before.net + before.tax)),
  );
}

function sumOf(cart: Cart): Node[] {
  const pair = (label: string, value: string, kind = '', code = '') => [
    el('dt', { class: kind }, label, ...(code ? [el('small', {}, code.toUpperCase())] : [])),
    el('dd', { class: kind }, value),
  ];
  const goods = cart.lines.reduce((sum, line) => sum + line.before.net + line.before.tax, 0);
  const shipping = cart.shipping ? cart.shipping.after.net + cart.shipping.after.tax : 0;
  return [
    ...pair(words.items, money(goods)),
    ...cart.codes
      .filter(({ off }) => off > 0)
      .flatMap(({ code, off }) => pair(words.discount, `−${money(off)}`, 'off', code)),
    ...(cart.shipping ? pair(words.shipping, shipping === 0 ? words.freeShipping : money(shipping)) : []),
    ...pair(words.total, money(cart.total), 'total'),
  ];
}

/** Shows the cart, here and in the head of the page, and tells the loyalty block what is in it. */
export function drawCart(cart: Cart): void {
  drawn = cart;
  const pieces = cart.lines.reduce((sum, line) => sum + line.quantity, 0);
  const count = byId('cart-count');
  if (count) count.textContent = pieces > 0 ? `(${pieces})` : '';
  const editable = document.body.dataset['page'] === 'cart';
  show('empty', pieces === 0);
  show('full', pieces > 0);
  byId('lines')?.replaceChildren(...cart.lines.map((line) => lineOf(line, editable)));
  byId('sum')?.replaceChildren(...sumOf(cart));
  const refused = byId('refused');
  if (refused)
    refused.textContent = cart.refused
      .map(({ code, message }) => `${fill(words.refusedCode, { code })} ${message}`)
      .join(' ');
  const pay = byId('pay-button');
  if (pay) pay.textContent = fill(words.pay, { money: money(cart.total) });
  if (pieces > 0) document.querySelector('tally-mark[view=cart]')?.setAttribute('cart', JSON.stringify(cart.loyalty));
}

interface Redeemed {
  code: string;
}

/** The loyalty block got a code: it goes into the cart, where the shop takes the money off. */
export function bringCart(): void {
  document.addEventListener('tally:redeemed', (happening) => {
    const { code } = (happening as CustomEvent<Redeemed>).detail;
    if (drawn?.codes.some((used) => used.code.toLowerCase() === code.toLowerCase())) return;
    void change('cart/code', { code })
      .then(() => done('redeem'))
      .catch((why: unknown) => {
        const refused = byId('refused');
        if (refused) refused.textContent = fill(words.trouble, { why: reason(why) });
      });
  });
  document.addEventListener('tally:undone', (happening) => {
    const { code } = (happening as CustomEvent<Redeemed>).detail;
    if (code) void change('cart/code/remove', { code }).then(pointsMoved);
  });
}

import type { Order } from '../../stores/shop/model.js';
import { refundedOf, totalOf } from '../../stores/shop/orders.js';
import { html, type Markup } from '../html.js';
import { money, page, tally, type View } from '../layout.js';
import { picture } from '../pictures.js';
import { fill } from '../words/all.js';

/** Lines and sums are drawn by the page's script from the shop's cart; the pictures are ready for it. */
const pictures = ({ shop }: View): Markup =>
  html`<template id="pictures"
    >${shop.state.products.map((product) => html`<div data-product="${product.id}">${picture(product.sku, product.title)}</div>`)}</template
  >`;

export function cartPage(view: View): string {
  const { words } = view;
  const content = html` <h1>${words.cart}</h1>
    <p class="lead" id="empty" hidden>${words.emptyCart} <a href="/">${words.browse}</a></p>
    <div class="two" id="full" hidden>
      <div class="stack"><ul class="ledger" id="lines"></ul></div>
      <div class="stack">
        <section class="card">
          <dl class="sum" id="sum"></dl>
          <p id="refused" role="status"></p>
          <a class="button primary wide" href="/checkout">${words.checkout}</a>
        </section>
        ${tally(view, 'cart', { 'sign-in': '/account#sign-in' })}
      </div>
    </div>
    ${pictures(view)}`;
  return page(view, 'cart', '/cart', words.cart, content);
}

export function checkoutPage(view: View): string {
  const { words } = view;
  const content = html` <h1>${words.checkout}</h1>
    <p class="lead" id="empty" hidden>${words.emptyCart} <a href="/">${words.browse}</a></p>
    <div class="two" id="full" hidden>
      <form class="card" id="pay">
        <label>${words.email}<input type="email" name="email" autocomplete="email" required /></label>
        <label>${words.firstName}<input name="firstName" autocomplete="given-name" required /></label>
        <label>${words.lastName}<input name="lastName" autocomplete="family-name" required /></label>
        <p class="quiet">${words.payNote}</p>
        <button class="primary" id="pay-button">${words.checkout}</button>
        <p role="status" id="pay-trouble"></p>
      </form>
      <section class="card">
        <ul class="ledger" id="lines"></ul>
        <dl class="sum" id="sum"></dl>
        <p id="refused" role="status"></p>
        <details id="points">
          <summary>${words.usePoints}</summary>
          ${tally(view, 'cart', { 'sign-in': '/account#sign-in' })}
        </details>
      </section>
    </div>
    ${pictures(view)}`;
  return page(view, 'checkout', '', words.checkout, content);
}

/** The lines of an order, what came back of it, and what was paid. */
export function orderTable(view: View, order: Order): Markup {
  const { words, shop } = view;
  const back = (line: string) =>
    order.refunds
      .flatMap((refund) => refund.lines)
      .filter((each) => each.line === line)
      .reduce((sum, each) => sum + each.quantity, 0);
  const goods = order.lines.reduce((sum, line) => sum + line.before.net + line.before.tax, 0);
  const off = goods - order.lines.reduce((sum, line) => sum + line.after.net + line.after.tax, 0);
  const refunded = refundedOf(order);
  return html` <ul class="ledger">
      ${order.lines.map(
        (line) =>
          html`<li>
            <div class="item">
              ${picture(shop.product(line.product)?.sku ?? '', line.title)}
              <div>
                <b>${line.title}</b><br /><small
                  >${words.quantity}:
                  ${line.quantity}${back(line.id) > 0 && ` · ${fill(words.refunded, { n: back(line.id) })}`}</small
                >
              </div>
            </div>
            <span class="price">${money(view, line.before.net + line.before.tax)}</span>
          </li>`,
      )}
    </ul>
    <dl class="sum">
      <dt>${words.items}</dt>
      <dd>${money(view, goods)}</dd>
      ${
        off > 0 &&
        html`<dt class="off">
            ${words.discount} ${order.codes.map((used) => html`<small>${used.code.toUpperCase()}</small>`)}
          </dt>
          <dd class="off">−${money(view, off)}</dd>`
      }
      ${
        order.shipping &&
        html`<dt>${words.shipping}</dt>
          <dd>
            ${order.shipping.after.net + order.shipping.after.tax === 0 ? words.freeShipping : money(view, order.shipping.after.net + order.shipping.after.tax)}
          </dd>`
      }
      <dt class="total">${words.total}</dt>
      <dd class="total">${money(view, totalOf(order))}</dd>
      ${
        refunded > 0 &&
        html`<dt>${words.refundedMoney}</dt>
          <dd>−${money(view, refunded)}</dd>`
      }
    </dl>`;
}

/** The order as the service sees a cart, so that a guest is told what it would have given. */
const loyaltyCart = ({ shop }: View, order: Order): string =>
  JSON.stringify({
    currency: shop.settings.currency,
    lines: order.lines.map((line) => {
      const product = shop.product(line.product);
      return {
        id: line.id,
        product: line.product,
        categories: product?.categories ?? [],
        tags: product?.tags ?? [],
        quantity: line.quantity,
        ...line.after,
        kind: line.giftCard ? 'gift-card' : 'product',
      };
    }),
  });

export function orderPage(view: View, order: Order): string {
  const { words } = view;
  const content = html` <h1>${words.thanks}</h1>
    <p class="lead">
      ${fill(words.orderNumber, { number: order.number })} ·
      ${order.status === 'processing' ? words.orderPaid : words[`is-${order.status}`]}
    </p>
    <div class="two flip">
      <div class="stack">
        ${tally(view, 'order', { order: order.id, 'sign-in': '/account#sign-in', cart: loyaltyCart(view, order) })}<a
          href="/owner"
          >${words.owner}</a
        >
      </div>
      <section class="card">${orderTable(view, order)}</section>
    </div>`;
  return page(view, 'order', '', fill(words.orderNumber, { number: order.number }), content);
}

import type { Order } from '../../stores/shop/model.js';
import { html, type Markup } from '../html.js';
import { day, days, page, tally, type View } from '../layout.js';
import { fill } from '../words/all.js';
import { orderTable } from './buy.js';

export function accountPage(view: View): string {
  const { words, shop } = view;
  const content = html` <h1>${words.account}</h1>
    <div class="two">
      ${tally(view, 'account', { 'sign-in': '/account#sign-in' })}
      <div class="stack">
        <section class="card" id="sign-in" hidden>
          <h2>${words.signIn}</h2>
          <div class="row">
            ${shop.state.customers
              .filter((customer) => customer.password === 'demo')
              .slice(-8)
              .map(
                (customer) =>
                  html`<button data-sign-in="${customer.email}">
                    ${fill(words.signInAs, { name: customer.firstName || customer.email })}
                  </button>`,
              )}
          </div>
          <form class="stack tight" id="register">
            <h3>${words.register}</h3>
            <label>${words.firstName}<input name="firstName" autocomplete="given-name" required /></label>
            <label>${words.email}<input type="email" name="email" autocomplete="email" required /></label>
            <button>${words.registerDo}</button>
            <p role="status" id="register-trouble"></p>
          </form>
        </section>
        <section class="card" id="orders" hidden>
          <h2>${words.myOrders}</h2>
          <p class="quiet" id="no-orders" hidden>${words.noOrders}</p>
          <ul class="ledger" id="order-list"></ul>
          <button id="sign-out">${words.signOut}</button>
        </section>
      </div>
    </div>`;
  return page(view, 'account', '/account', words.account, content);
}

const acts = (view: View, order: Order): Markup => {
  const { words } = view;
  const path = `/shop/orders/${order.id}`;
  const left = order.lines.filter((line) => {
    const back = order.refunds.flatMap((refund) => refund.lines).filter((each) => each.line === line.id);
    return back.reduce((sum, each) => sum + each.quantity, 0) < line.quantity;
  });
  const open = !['cancelled', 'refunded', 'trash'].includes(order.status);
  return html`<div class="row">
    ${open && left.map((line) => html`<button data-act="${path}/refund" data-body="${JSON.stringify({ lines: [{ line: line.id, quantity: 1 }] })}">${words.refundOne}: ${line.title}</button>`)}
    ${open && html`<button data-act="${path}/refund" data-body="{}">${words.refundAll}</button>`}
    ${open && order.completed === null && html`<button data-act="${path}/complete">${words.complete}</button>`}
    ${open && html`<button data-act="${path}/cancel">${words.cancel}</button>`}
  </div>`;
};

export function ownerPage(view: View): string {
  const { shop, words } = view;
  const waiting = shop.state.reviews.filter((review) => review.status === 'hold');
  const orders = shop.state.orders.slice(-6).reverse();
  const content = html` <h1>${words.owner}</h1>
    <p class="lead">${words.ownerIntro}</p>
    <p role="status" id="act-result" class="note" hidden></p>
    <div class="two">
      <section class="stack">
        <h2>${words.myOrders}</h2>
        ${orders.length === 0 && html`<p class="quiet">${words.noOrders}</p>`}
        ${orders.map(
          (order) =>
            html`<article class="card">
              <div class="row between">
                <h3><a href="/order/${order.id}">${fill(words.orderNumber, { number: order.number })}</a></h3>
                <span class="quiet"
                  >${order.firstName || order.email} · ${day(view, order.created)} ·
                  ${words[`is-${order.status}`]}</span
                >
              </div>
              ${orderTable(view, order)}${acts(view, order)}
            </article>`,
        )}
      </section>
      <div class="stack">
        <section class="card">
          <h2>${words.waitingReviews}</h2>
          ${waiting.length === 0 && html`<p class="quiet">${words.noWaiting}</p>`}
          ${waiting.map(
            (review) =>
              html`<div>
                <b>${review.name}</b>: ${shop.product(review.product)?.title}
                <p>${review.text}</p>
                <button data-act="/shop/reviews/${review.id}/moderate" data-body='{"status":"approved"}'>
                  ${words.approve}
                </button>
              </div>`,
          )}
        </section>
        ${
          view.mayPassDays &&
          html`<section class="card">
            <h2>${words.daysPass}</h2>
            <p class="quiet">${words.daysNote}</p>
            <div class="row">
              ${[1, 14, 32].map((n) => html`<button data-act="/demo/days" data-body="${JSON.stringify({ days: n })}">${fill(words.daysPassDo, { days: days(view, n) })}</button>`)}
            </div>
          </section>`
        }
      </div>
    </div>`;
  return page(view, 'owner', '/owner', words.owner, content);
}

import type { Product } from '../../stores/shop/model.js';
import { html, type Markup } from '../html.js';
import { day, money, page, tally, type View } from '../layout.js';
import { picture } from '../pictures.js';
import { BLURBS } from '../shelves.js';

/** One piece of a product as the loyalty service sees a cart line: without tax, in minor units. */
function loyaltyLine(view: View, product: Product): string {
  const { taxesIncluded } = view.shop.settings;
  const net = taxesIncluded ? Math.round((product.price * 100) / (100 + product.taxPercent)) : product.price;
  const tax = taxesIncluded ? product.price - net : Math.round((product.price * product.taxPercent) / 100);
  const { id, categories, tags } = product;
  return JSON.stringify({ id, product: id, categories, tags, quantity: 1, net, tax });
}

const earns = (view: View, product: Product): Markup =>
  tally(view, 'product', { product: loyaltyLine(view, product), currency: view.shop.settings.currency });

const blurb = (view: View, product: Product): string => BLURBS[product.sku]?.[view.lang] ?? product.description;

const stars = (rating: number): Markup =>
  html`<span class="stars" role="img" aria-label="${rating} / 5"
    >${'★'.repeat(Math.round(rating))}${'☆'.repeat(5 - Math.round(rating))}</span
  >`;

export function shelfPage(view: View): string {
  const { shop, skin, lang } = view;
  const content = html` <h1>${skin.line[lang]}</h1>
    <ul class="shelf">
      ${shop.state.products.slice(0, 6).map(
        (product) =>
          html`<li>
            <a href="/product/${product.id}" tabindex="-1" aria-hidden="true">${picture(product.sku, product.title)}</a>
            <div class="name">
              <h2><a href="/product/${product.id}">${product.title}</a></h2>
              <span class="price">${money(view, product.price)}</span>
            </div>
            <p class="quiet">${blurb(view, product)}</p>
            ${earns(view, product)}
          </li>`,
      )}
    </ul>`;
  return page(view, 'shelf', '/', skin.name, content);
}

export function productPage(view: View, product: Product): string {
  const { shop, words } = view;
  const reviews = shop.state.reviews.filter((review) => review.product === product.id && review.status === 'approved');
  const content = html` <div class="two">
    ${picture(product.sku, product.title)}
    <div class="stack">
      <h1>${product.title}</h1>
      <p class="price big">${money(view, product.price)}</p>
      <p>${blurb(view, product)}</p>
      ${earns(view, product)}
      <button class="primary wide" id="add" data-product="${product.id}">${words.add}</button>
      <p id="added" role="status"></p>
      <section class="stack" aria-labelledby="reviews">
        <h2 id="reviews">${words.reviews}</h2>
        ${reviews.length === 0 && html`<p class="quiet">${words.noReviews}</p>`}
        <ul class="ledger">
          ${reviews.map(
            (review) =>
              html`<li>
                <div>
                  ${stars(review.rating)} <b>${review.name}</b>
                  <p>${review.text}</p>
                </div>
                <small>${day(view, review.created)}</small>
              </li>`,
          )}
        </ul>
        ${reviewForm(view, product)}
      </section>
    </div>
  </div>`;
  return page(view, 'product', '', product.title, content);
}

const reviewForm = ({ words }: View, product: Product): Markup =>
  html` <p class="quiet" id="review-guest" hidden>${words.reviewSignIn}</p>
    <form class="card" id="review" data-product="${product.id}" hidden>
      <h3>${words.writeReview}</h3>
      <label
        >${words.stars}<select name="rating">
          ${[5, 4, 3, 2, 1].map((n) => html`<option value="${n}">${'★'.repeat(n)}</option>`)}
        </select></label
      >
      <label>${words.yourWords}<textarea name="text" required maxlength="1000"></textarea></label>
      <button>${words.send}</button>
      <p role="status" id="review-sent"></p>
    </form>`;

/* "Earn 12 points with this": filled beside the page, which never waits for it. Without an answer the line stays as it is. */
(function () {
  'use strict';
  const FRESH = 300;
  const PATIENCE = 10_000;

  /** Fills one line with what its product, its order, or else the cart earns. A later question makes an earlier answer void. */
  async function fill(line) {
    const url = new URL(window.tallymarkFacts.earn, window.location.origin);
    for (const name of ['product', 'order', 'key']) {
      if (line.dataset[name]) {
        url.searchParams.set(name, line.dataset[name]);
      }
    }
    const asked = (line.asked = {});
    try {
      const answer = await fetch(url, { credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE) });
      const { text, at } = await answer.json();
      if (line.asked === asked) {
        line.textContent = text;
        line.dataset.at = at;
      }
    } catch {
      // nothing is promised then
    }
  }

  function fillAll() {
    for (const line of document.querySelectorAll('.tallymark-earn[data-at]')) {
      // a page from a cache may show what was promised long ago
      if (Date.now() / 1000 - Number(line.dataset.at) > FRESH) {
        fill(line);
      }
    }
  }

  /** Another variation, another promise. WooCommerce says so through jQuery, where there is a choice at all. */
  function watchVariations() {
    const line = document.querySelector('.tallymark-earn[data-product]');
    if (!line || !window.jQuery || !document.querySelector('.variations_form')) {
      return;
    }
    const whole = line.dataset.product;
    const choose = (product) => {
      line.dataset.product = product;
      fill(line);
    };
    window
      .jQuery(document)
      .on('found_variation', '.variations_form', (happening, variation) => choose(variation.variation_id))
      .on('reset_data', '.variations_form', () => line.dataset.product !== whole && choose(whole));
  }

  window.tallymarkFillLine = fill;
  const begin = () => {
    fillAll();
    watchVariations();
  };
  if (document.readyState === 'complete') {
    begin();
  } else {
    window.addEventListener('load', begin, { once: true });
  }
})();

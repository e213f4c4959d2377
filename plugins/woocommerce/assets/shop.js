/* Blocks of the widget in the shop's pages, and points as money off the cart: the same for both kinds of checkout. */
(function () {
  'use strict';
  const facts = () => window.tallymarkFacts;
  /** Milliseconds after which a script that has not come is not waited for: the page says so and goes on. */
  const PATIENCE = 8000;
  let brought = null;

  /** The widget comes once, after the page has loaded. False = it could not be had. */
  function bringWidget() {
    return (brought ??= new Promise((done) => {
      const load = () => {
        const script = document.createElement('script');
        script.src = facts().widget;
        script.async = true;
        script.onload = () => done(true);
        script.onerror = () => done(false);
        setTimeout(() => done(false), PATIENCE);
        document.head.append(script);
      };
      if (document.readyState === 'complete') {
        load();
      } else {
        window.addEventListener('load', load, { once: true });
      }
    }));
  }

  /** Red, green, blue and opacity of a computed colour. */
  const channels = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);

  function luminance(colour) {
    const [red, green, blue] = channels(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }

  /** What is behind an element: the first colour up from it that is not see-through. */
  function ground(node) {
    for (let at = node; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      const [, , , opacity = 1] = channels(colour);
      if (opacity > 0.5) {
        return colour;
      }
    }
    return 'rgb(255, 255, 255)';
  }

  /** The theme's own colours, as far as they can be read on each other. */
  function dress(mark) {
    const surface = ground(mark);
    const text = getComputedStyle(mark).color;
    mark.style.colorScheme = luminance(surface) < 0.18 ? 'dark' : 'light';
    if (contrast(text, surface) >= 4.5) {
      mark.style.setProperty('--tally-surface', surface);
      mark.style.setProperty('--tally-text', text);
    }
    const buttons = document.querySelectorAll(
      '.wc-block-components-checkout-place-order-button, .wc-block-cart__submit-button, .button.alt, .wp-element-button',
    );
    for (const button of buttons) {
      const { backgroundColor: accent, color: on } = getComputedStyle(button);
      if (channels(accent)[3] !== 0 && contrast(accent, on) >= 4.5 && contrast(accent, surface) >= 3) {
        mark.style.setProperty('--tally-accent', accent);
        mark.style.setProperty('--tally-on-accent', on);
        return;
      }
    }
  }

  /** A page that is nobody's own brings no token along; what came with others is replaced when it is too old. */
  async function token(fresh) {
    if (!fresh && facts().first) return facts().first;
    const answer = await fetch(new URL(facts().token, window.location.origin), { credentials: 'same-origin' });
    return (facts().first = (await answer.json()).token);
  }

  /** A block of the widget, which must have come by now: the token is given to it before it asks anything. */
  function makeMark(more) {
    const mark = document.createElement('tally-mark');
    const { api, lang, currency, signIn, referral } = facts();
    const attributes = { api, lang, currency, 'sign-in': signIn, referral, ...more };
    for (const [name, value] of Object.entries(attributes)) {
      if (value) {
        mark.setAttribute(name, value);
      }
    }
    mark.getToken = token;
    mark.style.display = 'block';
    return mark;
  }

  const same = (one, other) => (one ?? '').toLowerCase() === (other ?? '').toLowerCase();

  /** Points in one cart. `act` carries a wish out in the shop and gives what the cart is afterwards. */
  class Points {
    told = { cart: null, code: null, redemption: null, smaller: false };
    mark = null;
    cart = '';
    fitted = '';
    /** The code that is on its way in or out by our own doing; undefined = none. */
    expected = undefined;
    busy = false;
    /** Whether the widget is there. */
    came = false;

    constructor(box, act) {
      this.box = box;
      this.act = act;
      this.note = document.createElement('p');
      this.note.className = 'tallymark-note';
      this.note.setAttribute('role', 'status');
      box.replaceChildren(this.note);
      box.addEventListener('tally:redeemed', ({ detail }) => this.apply(detail));
      box.addEventListener('tally:undone', () => this.remove());
      if (facts().customer) {
        bringWidget().then((came) => {
          this.came = came;
          if (came) {
            this.show();
          } else {
            this.say(facts().words.away);
          }
        });
      } else {
        this.greetGuest();
      }
    }

    /** What a guest sees: what the order earns, and where to sign in. */
    greetGuest() {
      this.line = document.createElement('p');
      this.line.className = 'tallymark-earn';
      this.line.setAttribute('aria-live', 'polite');
      const link = document.createElement('a');
      link.href = facts().signIn;
      link.textContent = facts().words.signIn;
      this.box.prepend(this.line, link);
    }

    say(text) {
      this.note.textContent = text ?? '';
    }

    /** The cart as the shop has it now. */
    update(told) {
      const before = this.told;
      this.told = told;
      const filled = (told.cart?.lines ?? []).length > 0;
      this.box.hidden = !filled;
      const cart = JSON.stringify(told.cart);
      if (!filled || this.busy) {
        return;
      }
      if (told.smaller && cart !== this.fitted) {
        // once for each cart: when the service is away all stays as it is
        this.fitted = cart;
        this.fit();
        return;
      }
      // taken out by the shop's own means: what the widget shows is of before
      if (before.code && !same(before.code, told.code) && this.expected === undefined) {
        this.renew();
      }
      if (cart !== this.cart) {
        this.cart = cart;
        this.show();
      }
    }

    show() {
      if (this.line) {
        window.tallymarkFillLine(this.line);
        return;
      }
      if (!this.came || !this.cart) {
        return;
      }
      if (this.mark) {
        this.mark.setAttribute('cart', this.cart);
        return;
      }
      this.mark = makeMark({ view: 'cart', cart: this.cart });
      this.makeFold().append(this.mark);
      dress(this.mark);
    }

    /** On a phone the block is one line until it is opened: what the shopper came for stands first. */
    makeFold() {
      if (!this.fold) {
        this.fold = document.createElement('details');
        this.fold.open = matchMedia('(min-width: 700px)').matches || this.told.code !== null;
        const summary = document.createElement('summary');
        summary.textContent = facts().words.points;
        this.fold.append(summary);
        this.box.prepend(this.fold);
      }
      return this.fold;
    }

    renew() {
      this.mark?.remove();
      this.mark = null;
      this.cart = '';
      // points that are on their way back are seen a little later
      for (const wait of [0, 4000]) {
        setTimeout(() => document.dispatchEvent(new CustomEvent('tally:changed')), wait);
      }
    }

    /** One wish at a time; a shop that cannot be reached is said in words. */
    async carryOut(wish, expected) {
      this.expected = expected;
      this.busy = true;
      let after = null;
      try {
        after = await this.act(wish);
        this.say(after.note);
      } catch {
        this.say(facts().words.away);
      }
      this.busy = false;
      if (after) {
        this.update({ ...this.told, ...after });
      }
      this.expected = undefined;
      return after;
    }

    async apply({ code, redemption }) {
      if (same(code, this.told.code) || this.busy) {
        return;
      }
      const after = await this.carryOut({ do: 'apply', code, redemption }, code);
      // the shop said no and the points are back
      if (after && !same(after.code, code)) {
        this.renew();
        this.update(this.told);
      }
    }

    async remove() {
      if (this.told.code) {
        await this.carryOut({ do: 'remove' }, null);
      }
    }

    async fit() {
      this.say(facts().words.fitting);
      const after = await this.carryOut({ do: 'fit' }, null);
      this.renew();
      this.update({ ...this.told, ...(after ?? {}), smaller: false });
    }
  }

  /** Cart and checkout that templates make: what they exchange with the shop carries what we need. */
  function bringClassic() {
    const box = document.querySelector('.tallymark-points:not([data-own])');
    const read = () => JSON.parse(document.querySelector('.tallymark-facts')?.dataset.facts ?? 'null');
    const first = read();
    if (!box || !first) {
      return;
    }
    const $ = window.jQuery;
    const act = async (wish) => {
      const url = new URL(facts().act, window.location.origin);
      const body = new URLSearchParams({ nonce: facts().nonce, ...wish });
      const answer = await fetch(url, { method: 'POST', credentials: 'same-origin', body });
      const after = await answer.json();
      $?.(document.body).trigger(document.querySelector('form.checkout') ? 'update_checkout' : 'wc_update_cart');
      return after;
    };
    const points = new Points(box, act);
    points.update(first);
    $?.(document.body).on('updated_checkout updated_wc_div updated_cart_totals', () =>
      points.update(read() ?? { cart: null }),
    );
  }

  /** Blocks for which the page has made room. */
  async function bringBlocks() {
    const places = document.querySelectorAll('.tallymark-block');
    if (places.length === 0) {
      return;
    }
    const came = await bringWidget();
    for (const place of places) {
      const attributes = JSON.parse(place.dataset.attributes);
      if (came) {
        const mark = makeMark(attributes);
        place.append(mark);
        dress(mark);
      } else if (attributes.view !== 'launcher') {
        place.textContent = facts().words.away;
      }
    }
  }

  window.tallymarkPoints = (box, act) => new Points(box, act);
  const begin = () => {
    bringBlocks();
    bringClassic();
  };
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', begin, { once: true });
  } else if (facts()) {
    begin();
  }
})();

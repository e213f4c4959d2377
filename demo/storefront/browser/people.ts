import { byId, call, done, el, fill, money, type Order, reason, type Session, show, words } from './shop-client.js';

const signIn = async (email: string): Promise<void> => {
  await (email ? call('POST', 'login', { email, password: 'demo' }) : call('POST', 'logout'));
  location.reload();
};

/** Who is shopping, chosen in the strip at the top; which language the page speaks. */
export function bringStrip({ customer }: Session): void {
  const persona = byId<HTMLSelectElement>('persona');
  if (persona) {
    persona.value = customer?.email ?? '';
    persona.addEventListener('change', () => void signIn(persona.value));
  }
  const language = byId<HTMLSelectElement>('language');
  language?.addEventListener('change', () => {
    document.cookie = `demo_lang=${language.value}; path=/; max-age=31536000; samesite=lax`;
    location.assign(location.pathname);
  });
}

export function bringAccount(session: Session): void {
  show('sign-in', !session.customer);
  show('orders', session.customer !== null);
  for (const button of document.querySelectorAll<HTMLElement>('[data-sign-in]'))
    button.addEventListener('click', () => void signIn(button.dataset['signIn'] ?? ''));
  byId('sign-out')?.addEventListener('click', () => void signIn(''));
  const form = byId<HTMLFormElement>('register');
  form?.addEventListener('submit', (happening) => {
    happening.preventDefault();
    void call('POST', 'register', { ...Object.fromEntries(new FormData(form)), lastName: '' }).then(
      () => location.reload(),
      (why: unknown) => {
        const trouble = byId('register-trouble');
        if (trouble) trouble.textContent = fill(words.trouble, { why: reason(why) });
      },
    );
  });
  if (session.customer) void orders();
}

async function orders(): Promise<void> {
  const { orders: mine } = await call<{ orders: Order[] }>('GET', 'orders');
  show('no-orders', mine.length === 0);
  byId('order-list')?.replaceChildren(
    ...mine.map((order) =>
      el(
        'li',
        {},
        el('a', { href: `/order/${order.id}` }, fill(words.orderNumber, { number: order.number })),
        el('span', { class: 'price' }, money(order.total)),
      ),
    ),
  );
}

/** Reviews are for those who are signed in. */
export function bringReview(session: Session): void {
  const form = byId<HTMLFormElement>('review');
  if (!form) return;
  show('review', session.customer !== null);
  show('review-guest', session.customer === null);
  form.addEventListener('submit', (happening) => {
    happening.preventDefault();
    const { rating, text } = Object.fromEntries(new FormData(form));
    void call('POST', 'reviews', { product: form.dataset['product'], rating: Number(rating), text }).then(() => {
      form.reset();
      done('review');
      const sent = byId('review-sent');
      if (sent) sent.textContent = words.reviewSent;
    });
  });
}

/** Each button of the owner's corner is one call to the shop; the page then shows what became of it. */
export function bringOwner(): void {
  const result = byId('act-result');
  const tell = (text: string) => {
    if (!result) return;
    result.textContent = text;
    result.hidden = false;
  };
  if (sessionStorage.getItem('acted')) {
    sessionStorage.removeItem('acted');
    tell(words.done);
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-act]'))
    button.addEventListener('click', () => {
      const act = button.dataset['act'] ?? '';
      button.disabled = true;
      void call('POST', act, JSON.parse(button.dataset['body'] ?? '{}')).then(
        () => {
          if (act.endsWith('refund')) done('refund');
          sessionStorage.setItem('acted', '1');
          location.reload();
        },
        (why: unknown) => {
          button.disabled = false;
          tell(fill(words.trouble, { why: reason(why) }));
        },
      );
    });
}

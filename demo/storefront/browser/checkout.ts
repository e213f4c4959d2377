import { byId, call, cookie, done, fill, type Order, reason, type Session, words } from './shop-client.js';

/** Fills in who is known; pays; goes to the order. */
export function bringCheckout(session: Session): void {
  const form = byId<HTMLFormElement>('pay');
  if (!form) return;
  for (const name of ['email', 'firstName', 'lastName'] as const) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && session.customer) field.value = session.customer[name];
  }
  form.addEventListener('submit', (happening) => {
    happening.preventDefault();
    void pay(form);
  });
}

async function pay(form: HTMLFormElement): Promise<void> {
  const button = byId<HTMLButtonElement>('pay-button');
  if (button) button.disabled = true;
  try {
    const order = await call<Order>('POST', 'checkout', Object.fromEntries(new FormData(form)));
    done('buy');
    if (cookie('demo_ref')) done('refer');
    location.assign(`/order/${order.id}`);
  } catch (why) {
    const trouble = byId('pay-trouble');
    if (trouble) trouble.textContent = fill(words.trouble, { why: reason(why) });
    if (button) button.disabled = false;
  }
}

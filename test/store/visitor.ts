interface Said {
  status: number;
  body: unknown;
}

export interface Address {
  country: string;
  state: string;
  email: string;
}

/** Somebody in the store's block checkout: the Store API with the cookies and the nonce of one browser. */
export class Visitor {
  readonly #home: string;
  readonly #cookies = new Map<string, string>();
  #nonce = '';

  constructor(home: string) {
    this.#home = home.replace(/\/$/, '');
  }

  /** Signs in by the store's own form. False = it has another one, or does not let us. */
  async signIn(login: string, password: string): Promise<boolean> {
    await this.#send('GET', '/wp-login.php');
    await this.#send('POST', '/wp-login.php', new URLSearchParams({ log: login, pwd: password, testcookie: '1' }));
    return [...this.#cookies.keys()].some((name) => name.startsWith('wordpress_logged_in'));
  }

  api(method: string, path: string, body?: unknown): Promise<Said> {
    return this.#send(method, `/wp-json/wc/store/v1/${path}`, body);
  }

  /** Puts one product into an empty cart. */
  async take(product: number, quantity: number): Promise<Said> {
    await this.api('GET', 'cart');
    return this.api('POST', 'cart/add-item', { id: product, quantity });
  }

  checkout({ country, state, email }: Address, payment: string): Promise<Said> {
    const name = { first_name: 'Tally', last_name: 'Mark', company: '' };
    const place = { address_1: 'Test 1', address_2: '', city: 'Test', state, postcode: '1010', country, phone: '' };
    const address = { ...name, ...place };
    return this.api('POST', 'checkout', {
      billing_address: { ...address, email },
      shipping_address: address,
      payment_method: payment,
    });
  }

  async #send(method: string, path: string, body?: unknown): Promise<Said> {
    const form = body instanceof URLSearchParams;
    const headers = new Headers({ cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
    if (this.#nonce) headers.set('nonce', this.#nonce);
    if (body !== undefined && !form) headers.set('content-type', 'application/json');
    const answer = await fetch(this.#home + path, {
      method,
      headers,
      redirect: 'manual',
      body: body === undefined ? null : form ? body : JSON.stringify(body),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    this.#nonce = answer.headers.get('nonce') ?? this.#nonce;
    const text = await answer.text();
    try {
      return { status: answer.status, body: JSON.parse(text) as unknown };
    } catch {
      return { status: answer.status, body: text };
    }
  }
}

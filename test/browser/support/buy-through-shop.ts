/** A shopper of a demo shop without a browser: joins and buys as its pages would. */
export async function joinAndBuy(shop: string, firstName: string, pieces: number): Promise<void> {
  let cookie = '';
  const ask = async <T>(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<T> => {
    const answer = await fetch(path.startsWith('http') ? path : shop + path, {
      method,
      headers: { cookie, 'content-type': 'application/json', ...more },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return (await answer.json()) as T;
  };
  const email = `${firstName.toLowerCase()}@example.test`;
  const { token, apiBase } = await ask<{ token: string | null; apiBase: string }>('POST', '/shop/register', {
    ...{ email, firstName, lastName: 'Test', password: 'demo' },
  });
  await ask('POST', `${apiBase}/join`, {}, token === null ? {} : { authorization: `Bearer ${token}` });
  const { products } = await ask<{ products: { id: string }[] }>('GET', '/shop/products');
  await ask('POST', '/shop/cart/lines', { product: products[0]?.id, quantity: pieces });
  await ask('POST', '/shop/checkout', { email });
}

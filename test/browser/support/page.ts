/** A page as a shop would write it: three blocks with reserved room, the widget loaded after the page, no inline script. */
export function shopPage(lang: string, views: string[], attributes = '', dir = 'ltr'): string {
  const cart = JSON.stringify({
    currency: 'EUR',
    lines: [{ id: '1', product: '11', quantity: 3, net: 3600, tax: 756 }],
  });
  const product = JSON.stringify({ id: '11', product: '11', quantity: 1, net: 1200 });
  const attribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const blocks = views.map(
    (view) => `<tally-mark view="${view}" api="/storefront/v1" cart="${attribute(cart)}" product="${attribute(product)}"
      order="1042" sign-in="/login" ${attributes}></tally-mark>`,
  );
  return `<!doctype html><html lang="${lang}" dir="${dir}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'self'; style-src 'unsafe-inline'">
<title>Shop</title><style>
:root { color-scheme: light dark; --canvas: light-dark(#f6f4ef, #121517); --text: light-dark(#1c1e1f, #f0efea) }
body { margin: 0 auto; max-width: 640px; padding: 16px; font: 16px/1.5 system-ui, sans-serif; background: var(--canvas); color: var(--text) }
tally-mark { min-height: 28px; margin-bottom: 16px } tally-mark[view=cart] { min-height: 660px } tally-mark[view=account] { min-height: 5000px }
@media (max-width: 360px) { tally-mark[view=product] { min-height: 56px } }
tally-mark[view=order], tally-mark[view=join] { min-height: 260px }
</style><body><main><h1>Shop</h1><h2>Loyalty</h2>${blocks.join('\n')}</main><script src="/tally-mark.js" defer></script>`;
}

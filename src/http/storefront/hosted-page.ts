import { createHash } from 'node:crypto';
import type { Reply } from '../contract.js';
import { escaped } from '../page.js';
import type { HowItWorksAnswer } from './verbs.js';

/** The page's own few styles: paper, a column, the widget's room reserved. */
const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif;background:light-dark(#f6f4ef,#121517);color:light-dark(#1c1e1f,#f0efea)}body{margin:0 auto;max-width:1080px;padding:16px}header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:baseline;justify-content:space-between;padding:8px 4px 16px}h1{margin:0;font-size:1.375rem}a{color:light-dark(#0b5c61,#5bc8c3)}tally-mark{display:block;min-height:80vh}section{max-width:68ch;padding:16px 4px}h2{font-size:1.125rem}li{margin:4px 0}@media print{tally-mark,header a{display:none}}`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Where the hosted page asks and leads to. */
export interface HostedPage {
  told: HowItWorksAnswer;
  /** The service itself, without a slash at the end; the widget's script comes from there. */
  service: string;
  /** What stands in front of the storefront API; the guest's token, where no platform stands in front. */
  api: string;
  tokenUrl: string | null;
  /** The shop, and where in it one signs in. */
  shop: string;
  signIn: string;
  /** What a link from a mail or a QR code asked for. */
  asked: { referral?: string | undefined; code?: string | undefined; card?: string | undefined };
}

const said = {
  en: { shop: 'To the shop', how: 'How it works' },
  nl: { shop: 'Naar de winkel', how: 'Zo werkt het' },
  nb: { shop: 'Til butikken', how: 'Slik fungerer det' },
  pl: { shop: 'Do sklepu', how: 'Jak to działa' },
};

/** The program as a page of its own: the widget, and under it what the rules say, which is there without any script. */
export function hostedPage({ told, service, api, tokenUrl, shop, signIn, asked }: HostedPage): Reply {
  const { name, language, sections } = told;
  const { origin } = new URL(service);
  const attributes = Object.entries({
    view: 'page',
    api,
    'token-url': tokenUrl,
    lang: language,
    'sign-in': signIn,
    referral: asked.referral,
    'check-in': asked.code,
    card: asked.card,
  }).flatMap(([key, value]) => (value === null || value === undefined ? [] : [`${key}="${escaped(value)}"`]));
  const parts = sections.map(({ title, sentences }) => {
    const lines = sentences.map(({ sentence }) => `<li>${escaped(sentence)}</li>`).join('');
    return `<h2>${escaped(title)}</h2><ul>${lines}</ul>`;
  });
  const words = said[language];
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; script-src ${origin}; connect-src 'self' ${origin}; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(name)}</title><style>${STYLE}</style><header><h1>${escaped(name)}</h1><a href="${escaped(shop)}">${words.shop}</a></header><main><tally-mark ${attributes.join(' ')}></tally-mark><section aria-label="${words.how}">${parts.join('')}</section></main><script src="${escaped(service)}/widget.js" defer></script></html>`,
  };
}

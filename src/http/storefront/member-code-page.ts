import { createHash } from 'node:crypto';
import type { Reply } from '../contract.js';
import { escaped } from '../page.js';
import type { Customer, MemberCodeAnswer } from './verbs.js';

/** Dark on white whatever the device asks for: scanners read nothing else. */
const STYLE =
  ':root{font:16px/1.4 system-ui,sans-serif;background:#fff;color:#111}body{margin:0;display:grid;justify-items:center;gap:16px;padding:24px}svg{width:min(78vw,320px);height:auto}b{font-size:1.5rem;letter-spacing:.06em;font-variant-numeric:tabular-nums}p{margin:0;color:#555;text-align:center;max-width:36ch}';
const HASH = createHash('sha256').update(STYLE).digest('base64');

const said = {
  en: {
    title: 'Your code',
    how: 'Show this at the till. It is another one each minute.',
    fixed: 'Show this at the till.',
  },
  nl: {
    title: 'Je code',
    how: 'Laat dit bij de kassa zien. Elke minuut is het een andere code.',
    fixed: 'Laat dit bij de kassa zien.',
  },
  nb: { title: 'Koden din', how: 'Vis denne i kassen. Den er ny hvert minutt.', fixed: 'Vis denne i kassen.' },
  pl: { title: 'Twój kod', how: 'Pokaż go przy kasie. Zmienia się co minutę.', fixed: 'Pokaż go przy kasie.' },
};

/** The member's code as a page of its own, which fetches itself anew when the code is another; without any script. */
export function memberCodePage({ language, now }: Customer, { spaced, until, qr }: MemberCodeAnswer): Reply {
  const words = said[language];
  const again =
    until === null ? '' : `<meta http-equiv="refresh" content="${Math.ceil((Date.parse(until) - now) / 1000) + 1}">`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${again}<title>${words.title}</title><style>${STYLE}</style><svg viewBox="-4 -4 ${qr.size + 8} ${qr.size + 8}" shape-rendering="crispEdges" role="img" aria-label="${words.title}"><path d="${qr.path}"/></svg><b>${escaped(spaced)}</b><p>${until === null ? words.fixed : words.how}</p></html>`,
  };
}

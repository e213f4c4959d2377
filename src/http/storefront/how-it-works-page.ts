import { createHash } from 'node:crypto';
import type { Reply } from '../contract.js';
import { escaped } from '../page.js';
import type { HowItWorksAnswer, Language } from './verbs.js';

/** How it looks beside nothing else: in the colours that the reader's device asks for, on any width, and on paper. */
const STYLE = `
:root{color-scheme:light dark;--ground:#faf8f4;--card:#fff;--ink:#23201b;--quiet:#6a6358;--line:#e4ded2;--mark:#9a5b1f}
@media(prefers-color-scheme:dark){:root{--ground:#171512;--card:#211e1a;--ink:#efe9df;--quiet:#aaa092;--line:#38332c;--mark:#e0a061}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.6 system-ui,sans-serif}
main{max-width:42rem;margin:0 auto;padding:clamp(1.25rem,5vw,3.5rem) clamp(1rem,4vw,1.5rem)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.875rem}
a{color:var(--quiet);padding:.375rem 0}
a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
h1{font-size:clamp(1.75rem,6vw,2.5rem);line-height:1.15;letter-spacing:-.015em;text-wrap:balance;margin:1.5rem 0 2rem}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem clamp(1rem,4vw,1.75rem);margin:0 0 1rem}
h2{font-size:1.125rem;line-height:1.3;margin:0 0 .75rem}
ul{list-style:none;margin:0;padding:0}
li{position:relative;padding:.5rem 0 .5rem 1.5rem;overflow-wrap:anywhere}
li+li{border-top:1px solid var(--line)}
li::before{content:"";position:absolute;left:.125rem;top:1.125rem;width:.5rem;height:.5rem;border-radius:50%;background:var(--mark)}
#terms li{color:var(--quiet);font-size:.9375rem}
@media print{nav{display:none}section{break-inside:avoid}}
`;
const HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

const LANGUAGES: Record<Language, string> = { en: 'English', nl: 'Nederlands', nb: 'Norsk', pl: 'Polski' };

/** What the rules say of themselves, as a page of its own: without script, complete as it is sent. */
export function howItWorksPage({ name, language, sections }: HowItWorksAnswer): Reply {
  const links = Object.entries(LANGUAGES).map(
    ([code, called]) =>
      `<a href="?lang=${code}" lang="${code}" hreflang="${code}"${code === language ? ' aria-current="true"' : ''}>${called}</a>`,
  );
  const parts = sections.map(({ id, title, sentences }) => {
    const lines = sentences.map(({ sentence }) => `<li>${escaped(sentence)}</li>`).join('');
    return `<section id="${id}"><h2>${escaped(title)}</h2><ul>${lines}</ul></section>`;
  });
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src ${HASH}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(name)}</title><style>${STYLE}</style></head><body><main><nav>${links.join('')}</nav><h1>${escaped(name)}</h1>${parts.join('')}</main></body></html>`,
  };
}

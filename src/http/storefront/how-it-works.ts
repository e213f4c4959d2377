import { howItWorks, SECTIONS, sectionTitle } from '../../rules/how-it-works/index.js';
import type { Reply } from '../contract.js';
import { escaped } from '../page.js';
import type { Spoken } from './spoken.js';
import type { HowItWorksAnswer } from './verbs.js';

/** What the rules say of themselves, in the program's own names, by the parts of the page. */
export function howItWorksView({ name, rules, language, wording, nameOf }: Spoken): HowItWorksAnswer {
  const told = howItWorks(rules, wording, nameOf);
  const sections = SECTIONS.map((id) => ({
    id,
    title: sectionTitle(id, wording),
    sentences: told.filter(({ section }) => section === id).map(({ id: rule, sentence }) => ({ id: rule, sentence })),
  }));
  return { name, language, sections: sections.filter(({ sentences }) => sentences.length > 0) };
}

/** The same as a page of its own, without script or style: it is complete as it is sent. */
export function howItWorksPage({ name, language, sections }: HowItWorksAnswer): Reply {
  const parts = sections.map(({ id, title, sentences }) => {
    const lines = sentences.map(({ sentence }) => `<li>${escaped(sentence)}</li>`).join('');
    return `<section id="${id}"><h2>${escaped(title)}</h2><ul>${lines}</ul></section>`;
  });
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    },
    body: `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(name)}</title><main><h1>${escaped(name)}</h1>${parts.join('')}</main></html>`,
  };
}

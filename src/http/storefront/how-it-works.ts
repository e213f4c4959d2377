import { howItWorks, SECTIONS, sectionTitle } from '../../rules/how-it-works/index.js';
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

import type { Books } from '../../src/rules/books.js';
import type { Known } from '../../src/rules/known.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import { type Past, comparePast } from '../../src/simulation/compare-past.js';
import { Knowledge } from '../support/knowledge.js';
import { type Fact, millis } from '../support/read-example.js';

/** All that a program came to know when these facts arrived as they happened. */
export function told(program: Record<string, unknown>, facts: readonly Fact[]): Knowledge {
  const knowledge = new Knowledge(program);
  for (const fact of facts) knowledge.learn(fact, millis(fact.at));
  return knowledge;
}

/** A past that is all in one page. */
export function pastOfAll(known: Known, recorded = true): Past {
  return {
    recorded,
    total: async () => known.members.length,
    pages: () => [{ known, family: new Set(known.members.map(({ id }) => id)) }],
  };
}

/** What everybody has by a draft, of all groups together: as `replay` would say it. */
export async function booksBy(
  known: Known,
  rules: ProgramRules,
  now: number,
  since: number | null = null,
): Promise<{ before: Comparable; after: Comparable }> {
  const all = { before: empty(), after: empty() };
  await comparePast(
    { past: pastOfAll(known), published: known.rules, draft: { rules, since }, now },
    ({ before, after }) => {
      add(all.before, before);
      add(all.after, after);
    },
  );
  return all;
}

export type Comparable = Pick<Books, 'members' | 'redemptions'> & {
  decisions: Record<string, { reason: string; gives: object }>;
};

const empty = (): Comparable => ({ members: {}, redemptions: {}, decisions: {} });

function add(all: Comparable, { members, redemptions, decisions }: Books): void {
  Object.assign(all.members, members);
  Object.assign(all.redemptions, redemptions);
  // nobody's orders are nobody's gain: whether they were looked at says nothing
  for (const [key, { reason, gives }] of Object.entries(decisions)) {
    if (reason !== 'guest' && reason !== 'not-a-member') all.decisions[key] = { reason, gives };
  }
}

/** The same of books that a replay wrote. */
export function comparable(books: Books): Comparable {
  const all = empty();
  add(all, books);
  return all;
}

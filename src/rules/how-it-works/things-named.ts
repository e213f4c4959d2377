import type { ProgramRules } from '../program-rules.js';

/** What rules name of a shop's own: by the ids and spellings that the rules use. */
export interface ThingsNamed {
  products: string[];
  categories: string[];
}

const KINDS: Readonly<Record<string, keyof ThingsNamed>> = {
  product: 'products',
  products: 'products',
  notProducts: 'products',
  categories: 'categories',
  notCategories: 'categories',
};

const found = new WeakMap<ProgramRules, ThingsNamed>();

/** Everything of a shop that these rules name, wherever in them; looked for once. */
export function thingsNamedIn(rules: ProgramRules): ThingsNamed {
  let things = found.get(rules);
  if (!things) {
    const all = { products: new Set<string>(), categories: new Set<string>() };
    visit(rules, all);
    found.set(rules, (things = { products: [...all.products], categories: [...all.categories] }));
  }
  return things;
}

function visit(value: unknown, all: Record<keyof ThingsNamed, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const kind = KINDS[key];
    const names = (Array.isArray(inner) ? inner : [inner]).filter((one): one is string => typeof one === 'string');
    if (kind !== undefined && names.length > 0) for (const name of names) all[kind].add(name);
    else visit(inner, all);
  }
}

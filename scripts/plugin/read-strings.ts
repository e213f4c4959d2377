import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Sentence {
  text: string;
  /** Files that say it, as the catalogue names them. */
  from: string[];
  /** What the code tells translators of its placeholders. */
  hint: string | null;
}

const CALL = /\b(?:__|_e|esc_html__|esc_html_e|esc_attr__|esc_attr_e)\(\s*'((?:[^'\\]|\\.)*)'\s*,\s*'([\w-]+)'\s*\)/g;
/** What we do not translate with: a string that gettext would not find, or plural forms, which our sentences do without. */
const OTHER = /\b(?:__|_e|_n|_x|_nx|_ex|esc_html__|esc_html_e|esc_html_x|esc_attr__|esc_attr_e|esc_attr_x)\(/g;
const HINT = /\/\*\s*translators:\s*(.*?)\s*\*\/\s*$/;
export const DOMAIN = 'tallymark';

/** Every PHP file of the plugin, in order of name. */
export function phpFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.php'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/**
 * The sentences that the plugin's PHP has translated, in order of appearance. Throws for a call that gettext could not
 * read: another domain, something else than one plain string.
 */
export function readStrings(root: string): Sentence[] {
  const sentences = new Map<string, Sentence>();
  for (const file of phpFiles(root)) {
    const code = readFileSync(join(root, file), 'utf8');
    const calls = [...code.matchAll(CALL)];
    if (calls.length !== [...code.matchAll(OTHER)].length)
      throw new Error(`${file}: a translated text is not one plain string in single quotes with the domain ${DOMAIN}`);
    for (const { 1: raw = '', 2: domain, index } of calls) {
      if (domain !== DOMAIN) throw new Error(`${file}: the domain is ${domain} instead of ${DOMAIN}`);
      const text = raw.replace(/\\(['\\])/g, '$1');
      const found = sentences.get(text) ?? { text, from: [], hint: null };
      if (!found.from.includes(file)) found.from.push(file);
      found.hint ??= hintBefore(code, index);
      sentences.set(text, found);
    }
  }
  return [...sentences.values()];
}

/** The comment on one of the two lines above, as WordPress reads it. */
function hintBefore(code: string, index: number): string | null {
  const lines = code.slice(0, index).split('\n').slice(-3, -1);
  for (const line of lines.reverse()) {
    const [, hint] = HINT.exec(line) ?? [];
    if (hint !== undefined) return hint;
  }
  return null;
}

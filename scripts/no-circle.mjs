import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Whole statements at the start of a line, as prettier writes them; and what is imported while the code runs. */
const IMPORTS = /^(?:import|export)\s+(?:([^'";]*?)\s*from\s*)?'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'\s*\)(?!\.[A-Z])/gm;
/** Types are gone when the code runs: `import type { A }`, and `import { type A, type B }`. */
const TYPES = /^type\s+[{*\w]|^\{\s*type\s[^,}]*(?:,\s*type\s[^,}]*)*,?\s*\}$/;

/** Read once: what each file imports of ours when it runs. */
const known = new Map();

function importsOf(file) {
  if (!known.has(file))
    known.set(
      file,
      namesIn(readFileSync(file, 'utf8')).flatMap((name) => placeOf(file, name)),
    );
  return known.get(file);
}

function namesIn(code) {
  return [...code.matchAll(IMPORTS)].flatMap(([, what, name, later]) =>
    what !== undefined && TYPES.test(what) ? [] : [name ?? later],
  );
}

/** The file of ours that is meant, if it is one. */
function placeOf(from, name) {
  const path = resolve(dirname(from), name);
  const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')];
  return candidates.filter((one) => /\.tsx?$/.test(one) && existsSync(one)).slice(0, 1);
}

/** The way from one file back to another, both included; null when there is none. */
function wayFrom(start, goal) {
  const before = new Map([[start, null]]);
  for (const file of before.keys()) {
    if (file === goal) {
      const way = [];
      for (let at = file; at !== null; at = before.get(at)) way.unshift(at);
      return way;
    }
    for (const next of importsOf(file)) if (!before.has(next)) before.set(next, file);
  }
  return null;
}

/**
 * No module may lead back to itself. The same as import-x/no-cycle, which takes longer than all other rules together: it walks
 * the modules anew for each file, and reads each of them whole.
 */
export const noCircle = {
  meta: { type: 'problem', schema: [], messages: { circle: 'A circle of imports: {{way}}' } },
  create(context) {
    return {
      Program(node) {
        for (const name of new Set(namesIn(context.sourceCode.text)))
          for (const place of placeOf(context.filename, name)) {
            const way = wayFrom(place, context.filename);
            if (!way) continue;
            const shown = [context.filename, ...way].map((file) => relative(context.cwd, file)).join(' > ');
            context.report({ node, messageId: 'circle', data: { way: shown } });
          }
      },
    };
  },
};

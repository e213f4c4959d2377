type Value = string | number | boolean | Value[] | Table | null;
export interface Table {
  [key: string]: Value;
}

/**
 * As much of TOML as our files use: tables, arrays of tables, dotted table names, and on the right of `=` strings, numbers,
 * booleans and arrays of them. Throws on anything else, so that a file is never half read.
 */
export function readToml(text: string): Table {
  const root: Table = {};
  let at = root;
  for (const line of joined(text)) {
    const [, many] = /^\[\[([\w.-]+)\]\]$/.exec(line) ?? [];
    const [, one] = /^\[([\w.-]+)\]$/.exec(line) ?? [];
    const [, key, value] = /^([\w-]+)\s*=\s*(.+)$/s.exec(line) ?? [];
    if (many !== undefined) at = tableAt(root, many.split('.'), true);
    else if (one !== undefined) at = tableAt(root, one.split('.'), false);
    else if (key !== undefined && value !== undefined) at[key] = JSON.parse(value.replace(/,(\s*\])/g, '$1')) as Value;
    else throw new SyntaxError(`not read: ${line}`);
  }
  return root;
}

/** Lines without comments; an array over several lines is one. */
function joined(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    open += line;
    if (/=\s*\[/.test(open) && !open.endsWith(']')) continue;
    lines.push(open);
    open = '';
  }
  if (open !== '') throw new SyntaxError(`never closed: ${open}`);
  return lines;
}

function tableAt(root: Table, path: readonly string[], many: boolean): Table {
  let at = root;
  for (const [i, name] of path.entries()) {
    const last = i === path.length - 1;
    const there = at[name];
    if (last && many) {
      const fresh: Table = {};
      at[name] = [...(Array.isArray(there) ? there : []), fresh];
      return fresh;
    }
    const newest = Array.isArray(there) ? there.at(-1) : there;
    at = at[name] === undefined ? (at[name] = {}) : (newest as Table);
  }
  return at;
}

/** The value at a path of names, of the kind expected. */
export function text(table: Table, ...path: string[]): string {
  const found = path.reduce<Value>((at, name) => (at as Table)[name] ?? null, table);
  if (typeof found !== 'string') throw new TypeError(`${path.join('.')} is no text`);
  return found;
}

export function tables(table: Table, ...path: string[]): Table[] {
  const found = path.reduce<Value>((at, name) => (at as Table)[name] ?? null, table);
  return Array.isArray(found) ? (found as Table[]) : [];
}

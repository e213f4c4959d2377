import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Path } from './problems.js';

/** The line (from 1) on which something is written, by its path as `pathText` writes it; undefined = the text has no such place. */
export type LineOf = (path: string) => number | undefined;

/** Tells the lines of a text that can be read, for what is found only once all of it was. */
export function linesOf(text: string): LineOf {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (path) => (path === '' ? undefined : lineOf(partsOf(path), document, lines));
}

/** The line of the innermost part of a path that is written; what is missing is looked for where it would stand. */
export function lineOf(at: Path, document: Document, lines: LineCounter): number | undefined {
  for (let length = at.length; length >= 0; length--) {
    const node: unknown = document.getIn(at.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line;
  }
  return undefined;
}

/** `rules.earning[0].unit` -> rules, earning, 0, unit. */
function partsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

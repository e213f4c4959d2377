import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { programFileSchema, type JsonSchema } from '../../src/programs/json-schema.js';

/** T14: whoever writes a program by hand finds each of its words. */
const PAGE = readFileSync('docs/program-words.md', 'utf8');

/** What stands in the page as code: words, and the words of what is written out. */
const written = new Set([...PAGE.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/[^a-zA-Z0-9-]+/)));

function wordsOf(schema: JsonSchema, found: Set<string>): Set<string> {
  for (const [word, inner] of Object.entries(schema.properties ?? {})) {
    found.add(word);
    wordsOf(inner, found);
  }
  for (const one of [schema.const, ...(schema.enum ?? [])]) if (typeof one === 'string') found.add(one);
  const inner = [
    schema.items,
    schema.additionalProperties || undefined,
    ...(schema.oneOf ?? []),
    ...(schema.anyOf ?? []),
  ];
  for (const one of inner) if (one) wordsOf(one, found);
  return found;
}

describe('T14: docs/program-words.md', () => {
  test('says every word that may be written in a program file', () => {
    const missing = [...wordsOf(programFileSchema, new Set())].filter((word) => !written.has(word));
    expect(missing).toEqual([]);
  });

  test('the words of its tables are words of the format', () => {
    const known = wordsOf(programFileSchema, new Set());
    const named = [...PAGE.matchAll(/^\| ([^|]*`[^|]*) \|/gm)].flatMap(
      ([, cell = '']) => cell.match(/[a-zA-Z-]{2,}/g) ?? [],
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter((word) => !known.has(word))).toEqual([]);
  });
});

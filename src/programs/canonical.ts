import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseFraction, show } from '../rules/fraction.js';
import { branchOf, isObject, type JsonSchema, programFileSchema } from './json-schema.js';
import { type ProgramFile, programFile } from './program-file.js';

/**
 * The one way in which a program is written: keys in the order of the schema, nothing that goes without saying, fractions
 * reduced. A word that the format learns later, with a default that changes nothing, leaves it and its hash as they are.
 */
export function canonicalForm(file: ProgramFile): Record<string, unknown> {
  return tidy(file, programFileSchema) as Record<string, unknown>;
}

/** SHA-256 of the canonical form, in hex: equal for every way to write one program, in a file or in the database. */
export function hashOf(file: ProgramFile): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(canonicalForm(file))))
    .digest('hex');
}

/** A file that was stored in canonical form. */
export function revive(stored: unknown): ProgramFile {
  return programFile.parse(stored);
}

function tidy(value: unknown, schema: JsonSchema): unknown {
  if (schema.format === 'fraction') return tidyFraction(value);
  const branch = branchOf(schema, value);
  if (Array.isArray(value)) return value.map((one) => tidy(one, branch.items ?? {}));
  if (!isObject(value)) return value === 0 ? 0 : value; // never -0, which JSON does not keep
  const { properties = {}, additionalProperties } = branch;
  const known = Object.keys(properties);
  const others = Object.keys(value)
    .filter((name) => !Object.hasOwn(properties, name))
    .sort();
  const out: Record<string, unknown> = {};
  for (const name of [...known, ...others]) {
    const of = value[name];
    const inner = properties[name] ?? (additionalProperties || {});
    if (of === undefined) continue;
    const tidied = tidy(of, inner);
    if (inner.default !== undefined && isDeepStrictEqual(tidied, tidy(inner.default, inner))) continue;
    out[name] = tidied;
  }
  return out;
}

function tidyFraction(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  const shown = show(parseFraction(value));
  return /^\d{1,15}$/.test(shown) ? Number(shown) : shown;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

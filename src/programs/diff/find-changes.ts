import { isDeepStrictEqual } from 'node:util';
import { canonicalForm } from '../canonical.js';
import { branchOf, isObject, type JsonSchema, programFileSchema } from '../json-schema.js';
import type { ProgramFile } from '../program-file.js';

/** A place in a program: words of the format, and what is named by its id. */
export type Place = readonly (string | { id: string })[];

/** What is another in one program than in the other; `schema` says what the values are. */
export interface Change {
  kind: 'changed' | 'added' | 'removed' | 'order' | 'altered';
  place: Place;
  schema: JsonSchema;
  before?: unknown;
  after?: unknown;
}

/** Every difference between two programs, in the order of the schema. Lists of named things are compared by name. */
export function findChanges(before: ProgramFile, after: ProgramFile): Change[] {
  return compare(canonicalForm(before), canonicalForm(after), programFileSchema, []);
}

function compare(before: unknown, after: unknown, schema: JsonSchema, place: Place): Change[] {
  const [a, b] = [before ?? schema.default, after ?? schema.default];
  if (isDeepStrictEqual(a, b)) return [];
  if (a === undefined) return added(b, schema, place);
  if (b === undefined)
    return isNamedList(a)
      ? compareLists(a, [], schema.items ?? {}, place)
      : [{ kind: 'removed', place, schema, before: a }];
  const [was, is] = [branchOf(schema, a), branchOf(schema, b)];
  if (Array.isArray(a) && Array.isArray(b) && [...a, ...b].every((one) => idOf(one) !== null)) {
    return compareLists(a, b, is.items ?? {}, place);
  }
  if (isObject(a) && isObject(b) && isDeepStrictEqual(was, is)) return compareObjects(a, b, is, place);
  return [{ kind: 'changed', place, schema, before: a, after: b }];
}

/** What is wholly new; the named things within it (the levels of new tiers) are new each for itself. */
function added(value: unknown, schema: JsonSchema, place: Place): Change[] {
  if (isNamedList(value)) return compareLists([], value, schema.items ?? {}, place);
  const all = isObject(value) ? Object.entries(value) : [];
  const lists = all.filter((one): one is [string, unknown[]] => isNamedList(one[1]));
  if (lists.length === 0) return [{ kind: 'added', place, schema, after: value }];
  const branch = branchOf(schema, value);
  const rest = Object.fromEntries(all.filter(([, inner]) => !isNamedList(inner)));
  // the branch was chosen by the whole: what is left of it need not fit one
  const whole: Change[] = Object.keys(rest).length > 0 ? [{ kind: 'added', place, schema: branch, after: rest }] : [];
  return [
    ...whole,
    ...lists.flatMap(([name, list]) =>
      compareLists([], list, branch.properties?.[name]?.items ?? {}, [...place, name]),
    ),
  ];
}

const isNamedList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => idOf(one) !== null);

function compareObjects(
  a: Record<string, unknown>,
  b: Record<string, unknown>,
  schema: JsonSchema,
  place: Place,
): Change[] {
  const { properties, additionalProperties } = schema;
  const isRecord = properties === undefined;
  const names = [...new Set([...Object.keys(properties ?? {}), ...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) =>
    compare(a[name], b[name], properties?.[name] ?? (additionalProperties || {}), [
      ...place,
      isRecord ? { id: name } : name,
    ]),
  );
}

/** By what things of a list are told apart: an id, or (examples) a name. */
function idOf(value: unknown): string | null {
  if (!isObject(value)) return null;
  const id = value['id'] ?? value['name'];
  return typeof id === 'string' ? id : null;
}

function compareLists(a: unknown[], b: unknown[], schema: JsonSchema, place: Place): Change[] {
  const inOld = new Map(a.map((one) => [idOf(one) ?? '', one]));
  const inNew = new Map(b.map((one) => [idOf(one) ?? '', one]));
  const gone = [...inOld].filter(([id]) => !inNew.has(id));
  const changes = gone.map(([id, before]): Change => ({ kind: 'removed', place: [...place, { id }], schema, before }));
  for (const [id, after] of inNew) {
    const at = [...place, { id }];
    const before = inOld.get(id);
    if (before === undefined) changes.push({ kind: 'added', place: at, schema, after });
    else if (place.at(-1) === 'examples') changes.push(...altered(before, after, schema, at));
    else changes.push(...compare(before, after, schema, at));
  }
  const stayed = [...inNew.keys()].filter((id) => inOld.has(id));
  const stood = [...inOld.keys()].filter((id) => inNew.has(id));
  if (!isDeepStrictEqual(stayed, stood)) changes.push({ kind: 'order', place, schema, after: [...inNew.keys()] });
  return changes;
}

/** A story is not told apart step by step. */
function altered(before: unknown, after: unknown, schema: JsonSchema, place: Place): Change[] {
  return isDeepStrictEqual(before, after) ? [] : [{ kind: 'altered', place, schema }];
}

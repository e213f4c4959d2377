/** What of a JSON schema a form is drawn from. */
export interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | false;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
export type Thing = Record<string, unknown>;

/** One way to fill in a value of a union. */
export interface Branch {
  /** Its `kind`, what it is, or the fields that make it what it is. */
  name: string;
  schema: Schema;
}

/** What a program has by name, of which some are chosen. */
export type Named = 'unit' | 'tier' | 'rule';

/** How a value is asked for. */
export type Shape =
  | { as: 'flag' | 'fraction' | 'money' | 'date' | 'moment' | 'text' | 'unit' | 'tier' }
  | { as: 'number'; min: number | undefined }
  | { as: 'choice'; of: string[] }
  | { as: 'choices'; of: string[] }
  | { as: 'texts' }
  | { as: 'among'; of: Named }
  | { as: 'list'; item: Schema }
  | { as: 'map'; item: Schema }
  | { as: 'object'; schema: Schema }
  | { as: 'union'; branches: Branch[] }
  | { as: 'fixed'; value: unknown };

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TEXTUAL: Record<string, Shape> = {
  fraction: { as: 'fraction' },
  money: { as: 'money' },
  date: { as: 'date' },
  'local-date-time': { as: 'moment' },
  unit: { as: 'unit' },
  tier: { as: 'tier' },
};

/** How the values of a schema are asked for: by its format, by what it lists, by its kind. */
export function shapeOf(schema: Schema): Shape {
  const known = schema.format === undefined ? undefined : TEXTUAL[schema.format];
  if (known) return known;
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) return { as: 'union', branches: branches.flatMap(branchesOf) };
  if (schema.const !== undefined) return { as: 'fixed', value: schema.const };
  if (schema.enum) return { as: 'choice', of: schema.enum.map(String) };
  switch (schema.type) {
    case 'boolean':
      return { as: 'flag' };
    case 'integer':
    case 'number':
      return { as: 'number', min: schema.minimum };
    case 'array':
      return listShape(schema.items ?? {});
    case 'object':
      return schema.properties ? { as: 'object', schema } : { as: 'map', item: schema.additionalProperties || {} };
    default:
      return { as: 'text' };
  }
}

function listShape(item: Schema): Shape {
  const inner = shapeOf(item);
  if (inner.as === 'choice') return { as: 'choices', of: inner.of };
  if (inner.as === 'tier' || inner.as === 'unit') return { as: 'among', of: inner.as };
  return inner.as === 'text' ? { as: 'texts' } : { as: 'list', item };
}

/** How a value is asked for where it stands: its schema does not say that a level asks for money, or of which rules some are chosen. */
export function shapeAt(schema: Schema, path: string, rules: Thing): Shape {
  const shape = shapeOf(schema);
  if (shape.as === 'number' && countsMoney(path, rules)) return { as: 'money' };
  return /^rules\.sharedLimits\[\d+\]\.rules$/.test(path) ? { as: 'among', of: 'rule' } : shape;
}

/** What levels ask for where spending lifts a member, and what a goal of spending takes. */
function countsMoney(path: string, { tiers, goals }: Thing): boolean {
  if (/^rules\.tiers\.levels\[\d+\]\.(enter|keep|reenter)$/.test(path))
    return isThing(tiers) && tiers['basis'] === 'spend';
  const nth = /^rules\.goals\[(\d+)\]\.needs$/.exec(path)?.[1];
  const goal: unknown = nth !== undefined && Array.isArray(goals) ? goals[Number(nth)] : null;
  const counts = isThing(goal) ? goal['counts'] : null;
  return isThing(counts) && counts['kind'] === 'spend';
}

/** Each word of an enumeration is a branch of its own beside the others. */
function branchesOf(schema: Schema): Branch[] {
  const inner = schema.oneOf ?? schema.anyOf;
  if (inner) return inner.flatMap(branchesOf);
  if (schema.enum) return schema.enum.map((value) => ({ name: String(value), schema: { const: value } }));
  const kind = schema.properties?.['kind']?.const;
  if (kind !== undefined) return [{ name: String(kind), schema }];
  if (schema.const !== undefined) return [{ name: String(schema.const), schema }];
  if (schema.properties) return [{ name: (schema.required ?? []).join('+'), schema }];
  return [{ name: schema.format ?? schema.type ?? 'text', schema }];
}

/** Which branch a value is written by; the first when it is written by none. */
export function branchOf(branches: readonly Branch[], value: unknown): Branch | undefined {
  return branches.find(({ schema }) => fits(schema, value)) ?? branches[0];
}

function fits(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.properties) {
    if (!isThing(value)) return false;
    const { properties, required = [] } = schema;
    return (
      required.every((name) => Object.hasOwn(value, name)) &&
      Object.entries(value).every(([name, inner]) => {
        const of = properties[name];
        return of !== undefined && (of.const === undefined || of.const === inner);
      })
    );
  }
  if (schema.type === 'integer' || schema.type === 'number') return typeof value === 'number';
  if (schema.type === 'array') return Array.isArray(value);
  return (
    typeof value === schema.type && (schema.pattern === undefined || new RegExp(schema.pattern).test(String(value)))
  );
}

/** Where something new begins: today, the shop's usual unit, ids that are not taken. */
export interface Beginning {
  today: string;
  unit: string;
  taken: readonly string[];
}

/** The least that a schema allows: what it requires, each at its first or lowest value. */
export function beginningOf(schema: Schema, by: Beginning, name = ''): unknown {
  if (schema.default !== undefined) return schema.default;
  const shape = shapeOf(schema);
  switch (shape.as) {
    case 'fixed':
      return shape.value;
    case 'flag':
      return true;
    case 'fraction':
    case 'money':
      return Math.max(1, schema.minimum ?? 0);
    case 'number':
      return Math.max(shape.min ?? 0, 1);
    case 'choice':
      return shape.of[0];
    case 'choices':
    case 'texts':
    case 'among':
      return [];
    case 'list':
      return shape.item.properties ? [beginningOf(shape.item, by)] : [];
    case 'map':
      return {};
    case 'union':
      return shape.branches[0] && beginningOf(shape.branches[0].schema, by);
    case 'object':
      return beginningThing(shape.schema, by);
    default:
      return beginningText(shape.as, schema, by, name);
  }
}

function beginningThing({ properties = {}, required = [] }: Schema, by: Beginning): Thing {
  const kind = String(properties['kind']?.const ?? 'rule');
  return Object.fromEntries(
    required.map((name) => [
      name,
      name === 'id' ? freeId(kind, by.taken) : beginningOf(properties[name] ?? {}, by, name),
    ]),
  );
}

function beginningText(as: Shape['as'], { pattern, format }: Schema, by: Beginning, name: string): string {
  if (as === 'date') return by.today;
  if (as === 'moment') return `${by.today}T00:00`;
  if (as === 'unit') return by.unit;
  if (format === 'month-day' || name === 'monthDay') return by.today.slice(5);
  if (format === 'local-time') return '00:00';
  if (format === 'uri') return 'https://';
  return pattern?.startsWith('^\\d{4}-') ? by.today : '';
}

/** "rate", "rate-2", ... */
export function freeId(like: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? like : `${like}-${n}`;
    if (!taken.includes(id)) return id;
  }
}

/** Of an object, what is filled in or must be, and what could be added. `kind` is chosen above it, `id` beneath it. */
export function fieldsOf(schema: Schema, value: Thing): { shown: string[]; addable: string[] } {
  const { properties = {}, required = [] } = schema;
  const names = Object.keys(properties).filter((name) => properties[name]?.const === undefined && name !== 'id');
  const isShown = (name: string) =>
    required.includes(name) ||
    value[name] !== undefined ||
    // what has a default and is one word holds whether it is written or not
    (properties[name]?.default !== undefined && !isThing(properties[name]?.default));
  const byWeight = [...names].sort((a, b) => Number(required.includes(b)) - Number(required.includes(a)));
  return { shown: byWeight.filter(isShown), addable: byWeight.filter((name) => !isShown(name)) };
}

/** The object with a field set, or without it. */
export function withField(thing: Thing, name: string, value: unknown): Thing {
  const { [name]: _, ...rest } = thing;
  return value === undefined ? rest : { ...thing, [name]: value };
}

/** The same position in the other way to write it: what both have stays. */
export function turnedInto(branch: Branch, value: unknown, by: Beginning): unknown {
  const fresh = beginningOf(branch.schema, by);
  if (!isThing(fresh) || !isThing(value)) return fresh;
  const kept = Object.entries(value).filter(
    ([name]) =>
      name !== 'kind' &&
      name !== 'limits' &&
      branch.schema.properties?.[name]?.const === undefined &&
      branch.schema.properties?.[name],
  );
  return { ...fresh, ...Object.fromEntries(kept) };
}

/** "12.50" of 1250 minor units, and back; null = that is no amount. */
export const majorText = (minor: number, exponent: number): string => (minor / 10 ** exponent).toFixed(exponent);
export function minorOf(text: string, exponent: number): number | null {
  const tidy = text.trim().replace(',', '.');
  if (!/^\d+(\.\d*)?$/.test(tidy)) return null;
  const minor = Math.round(Number(tidy) * 10 ** exponent);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** A factor or a rate as the format has it: whole, or an exact fraction ("3/2" of "1.5"); null = it is none. */
export function fractionOf(text: string): number | string | null {
  const tidy = text.trim().replace(',', '.');
  if (/^\d+$/.test(tidy)) return Number(tidy);
  if (/^\d+\/[1-9]\d*$/.test(tidy)) return tidy;
  const [, whole, part] = /^(\d+)\.(\d{1,6})$/.exec(tidy) ?? [];
  if (whole === undefined || part === undefined) return null;
  const below = 10 ** part.length;
  const above = Number(whole) * below + Number(part);
  const common = divisor(above, below);
  return below / common === 1 ? above / common : `${above / common}/${below / common}`;
}
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** "1.5" of "3/2" where it is exact to four places, else the fraction as it is. */
export function fractionText(value: unknown): string {
  const [above = 0, below = 1] = String(value).split('/').map(Number);
  const decimal = above / below;
  const exact = Number.isInteger(Math.round(decimal * 1e10) / 1e6);
  return exact ? String(decimal) : String(value);
}

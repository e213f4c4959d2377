import type * as z from 'zod';
import { AppError } from '../lib/errors.js';
import { branchOf, isObject, type JsonSchema, programFileSchema } from './json-schema.js';
import { nearest } from './nearest.js';

/** What is wrong with a program file: where, what, and what to do about it. */
export interface Problem {
  /** As one would write it: `rules.earning[0].unit`. */
  path: string;
  problem: string;
  fix: string;
  /** Of the text, from 1, where there is one. */
  line?: number;
}

export type Path = readonly PropertyKey[];

export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

/** @returns AppError `program_invalid` (422), details.problems: Problem[] */
export function programInvalid(problems: readonly Problem[]): AppError {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const said = first
    ? `${first.line === undefined ? '' : `Line ${first.line}, `}${first.path === '' ? 'the file' : first.path}: ${first.problem}. ${first.fix}`
    : 'It is empty.';
  return new AppError('program_invalid', 422, `The program cannot be used as it is written. ${said}${more}`, {
    problems,
  });
}

/**
 * What zod says of a value, in the words of whoever wrote the file. English alone, as a compiler's: faults of shape come from files
 * written by hand. What a program means is spoken of in the owner's language (remarks/reporting.ts).
 */
export function problemsOf(error: z.ZodError, value: unknown): (Problem & { at: Path })[] {
  return error.issues.slice(0, 50).flatMap((issue) => problemsOfIssue(issue, value));
}

function problemsOfIssue(issue: z.core.$ZodIssue, value: unknown): (Problem & { at: Path })[] {
  const { path } = issue;
  const schema = schemaAt(path, value);
  const found = valueAt(value, path);
  const make = (problem: string, fix: string, at: Path = path) => ({ path: pathText(at), problem, fix, at });
  if (issue.code === 'custom') {
    // a rule's own refusal: what is wrong, and behind a colon what to do
    const [problem = '', fix = ''] = issue.message.split(/: (.*)/s);
    return [make(problem, fix === '' ? 'Change one of the two.' : sentence(fix))];
  }
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(branchOf(schema, found).properties ?? {});
    return issue.keys.map((key) =>
      WITHOUT_ORDER[key] !== undefined && known.includes('weekdays')
        ? make('there is no order here of which it could be asked', WITHOUT_ORDER[key], [...path, key])
        : make(
            'the format does not know this word here',
            `${meant(key, known)}Take it out, or write one of: ${known.join(', ')}.`,
            [...path, key],
          ),
    );
  }
  if (found === undefined && issue.code !== 'invalid_union')
    return [make('it is missing', `Add it: ${hintOf(schema)}.`)];
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const of = path.at(-1) === issue.discriminator ? path.slice(0, -1) : path;
    const at = [...of, issue.discriminator];
    const kinds = (schemaAt(of, value).oneOf ?? []).map((one) => one.properties?.[String(issue.discriminator)]?.const);
    const written = valueAt(value, at);
    const hint = `Write one of: ${kinds.join(', ')}.`;
    if (written === undefined) return [make('it is missing', hint, at)];
    return [make(`${shown(written)} is no kind of it`, `${meant(written, kinds)}${hint}`, at)];
  }
  const ofBranch = issue.code === 'invalid_union' ? nearestBranch(issue.errors) : null;
  if (ofBranch && isObject(found))
    return ofBranch.flatMap((inner) => problemsOfIssue({ ...inner, path: [...path, ...inner.path] }, value));
  if (found === null) return [make('nothing stands here', `Write ${hintOf(schema)}.`)];
  const fix = `${meant(found, schema.enum)}Write ${hintOf(schema)}${exactly(found, schema, value)}.`;
  return [make(`${shown(found)} does not do`, fix)];
}

/** What is wrong by the branch that is meant: the one of which the least is wrong; null = several are as near. */
function nearestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const wrongIn = (issues: readonly z.core.$ZodIssue[]) =>
    issues.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 1), 0);
  const least = Math.min(...branches.map(wrongIn));
  const found = branches.filter((one) => wrongIn(one) === least);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What else it may have been; nothing where no word is near. */
function meant(written: unknown, words: readonly unknown[] = []): string {
  if (typeof written !== 'string') return '';
  const found = nearest(
    written,
    words.filter((word) => typeof word === 'string'),
  );
  return found === null ? '' : `Did you mean ${found}? `;
}

/** A number with decimals, as the format writes it. */
function exactly(found: unknown, schema: JsonSchema, file: unknown): string {
  if (typeof found !== 'number' || !(found > 0) || Number.isInteger(found)) return '';
  const digits = /^(\d+)\.(\d{1,6})$/.exec(String(found));
  if (!digits) return '';
  const places = digits[2]?.length ?? 0;
  const whole = Number(`${digits[1]}${digits[2]}`);
  if (schema.format === 'fraction') return `; ${found} is "${lowest(whole, 10 ** places)}"`;
  const exponent = valueAt(file, ['rules', 'money', 'exponent']);
  if (schema.format !== 'money' || typeof exponent !== 'number' || places > exponent) return '';
  return `; ${found} is ${whole * 10 ** (exponent - places)}`;
}

function lowest(above: number, below: number): string {
  let [a, b] = [above, below];
  while (b > 0) [a, b] = [b, a % b];
  return `${above / a}/${below / a}`;
}

/** Conditions that need an order, or a past: what to write where there is none. */
const WITHOUT_ORDER: Partial<Record<string, string>> = {
  ...{ nth: 'Write how many orders there were by then, as in bought: { min: 3, max: 3 }.' },
  minOrder: 'Ask it of an earning rule; a referral has its own minOrder, a goal counts orders of at least `min`.',
  ...{ cart: 'Ask it of an earning rule, or let a goal count what is spent (counts: { kind: spend }).' },
  ...{ total: 'Ask it of an earning rule, or let a goal count what is spent (counts: { kind: spend }).' },
  ...{ items: 'Ask it of an earning rule, or let a goal count what is bought (counts: { kind: items }).' },
  ...{ currencies: 'Write countries: where their last order was sent to.' },
  ...{ payments: 'Ask it of an earning rule, or write bought for what they had bought by then.' },
  ...{ giftCard: 'Ask it of an earning rule: only what is bought is paid.' },
  ...{ coupon: 'Ask it of an earning rule, or write bought for what they had bought by then.' },
  ...{ coupons: 'Ask it of an earning rule, or write customerTags for whom it is meant.' },
  ...{ tiers: 'Ask it of what is given later: who joins is on the first level; a goal or a birthday may ask it.' },
  ...{ membership: 'Ask it of what is given later: who joins has no past here yet; a goal may ask it.' },
  ...{ bought: 'Ask it of what is given later: who joins has no past here yet; a goal may ask it.' },
  ...{ balance: 'Ask it of what is given later: who joins has no points yet; a goal may ask it.' },
};

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;

const FORMATS: Record<string, string> = {
  fraction: 'an exact fraction, as in 1, 12 or "3/250"',
  money: 'whole minor units of the program’s money (cents), from {least}',
  points: 'a whole number of points, from {least}',
  date: 'a day, as in 2026-03-02',
  'local-date-time': 'a day and time without a zone, as in 2026-03-02T18:30',
  'month-day': 'a day of the year, as in 12-24',
  'local-time': 'a time of day, as in 18:30',
};

/** What may stand there. */
function hintOf(schema: JsonSchema): string {
  const format = schema.format === undefined ? undefined : FORMATS[schema.format];
  if (format !== undefined) return format.replace('{least}', String(Math.max(0, Number(schema['minimum'] ?? 0))));
  if (schema.const !== undefined) return shown(schema.const);
  if (schema.enum) return `one of: ${schema.enum.join(', ')}`;
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) return branches.map(hintOf).join('; or ');
  return typed(schema);
}

function typed(schema: JsonSchema): string {
  switch (schema.type) {
    case 'object': {
      const { properties = {}, required = [] } = schema;
      return `an object${Object.keys(properties).length > 0 ? ` with ${(required.length > 0 ? required : Object.keys(properties)).join(', ')}` : ''}`;
    }
    case 'array':
      return 'a list';
    case 'integer':
      return `a whole number${typeof schema['minimum'] === 'number' && schema['minimum'] > -1e15 ? ` from ${schema['minimum']}` : ''}${typeof schema['maximum'] === 'number' && schema['maximum'] < 1e16 && schema['maximum'] !== Number.MAX_SAFE_INTEGER ? ` to ${schema['maximum']}` : ''}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return schema.pattern === undefined ? 'a text' : `a text of the form ${schema.pattern}`;
    case 'null':
      return 'nothing (null)';
    default:
      return 'something else';
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The schema of what stands (or should) at a path of a file. */
export function schemaAt(path: Path, value: unknown): JsonSchema {
  let schema = programFileSchema;
  let here = value;
  for (const part of path) {
    const branch = openBranch(schema, here);
    const inner = typeof part === 'number' ? branch.items : branch.properties?.[String(part)];
    schema = inner ?? (branch.additionalProperties || {});
    here = isObject(here) || Array.isArray(here) ? (here as Record<PropertyKey, unknown>)[part] : undefined;
  }
  return schema;
}

/** Also where the value does not fit any branch: then the one of its `kind`. */
function openBranch(schema: JsonSchema, value: unknown): JsonSchema {
  const found = branchOf(schema, value);
  if (found !== schema || !isObject(value)) return found;
  const words = Object.keys(value);
  const known = (one: JsonSchema) => words.filter((word) => one.properties?.[word] !== undefined).length;
  const nearestOf = (branches: readonly JsonSchema[] = []) =>
    branches.reduce<JsonSchema>((best, one) => (known(one) > known(best) ? one : best), schema);
  return schema.oneOf?.find((one) => one.properties?.['kind']?.const === value['kind']) ?? nearestOf(schema.anyOf);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (here, part) => (isObject(here) || Array.isArray(here) ? (here as Record<PropertyKey, unknown>)[part] : undefined),
    value,
  );
}

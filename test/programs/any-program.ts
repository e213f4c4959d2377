import fc from 'fast-check';
import { type JsonSchema, programFileSchema } from '../../src/programs/json-schema.js';
import { programFile } from '../../src/programs/program-file.js';

/** Figures that make sense wherever they stand; the rest is made by the schema alone. */
const BY_FORMAT: Record<string, fc.Arbitrary<unknown>> = {
  fraction: fc.oneof(
    fc.nat(20),
    fc.nat(20).map(String),
    fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 12 })).map(([n, d]) => `${n}/${d}`),
  ),
  date: fc.constantFrom('2026-01-31', '2026-02-28', '2026-12-01'),
  'local-date-time': fc.constantFrom('2026-03-29T02:30', '2026-10-25T02:30:15'),
  'month-day': fc.constantFrom('02-29', '12-31', '06-01'),
  'local-time': fc.constantFrom('00:00', '18:30', '23:59:59'),
  zone: fc.constantFrom('Europe/Amsterdam', 'Australia/Lord_Howe'),
  unit: fc.constantFrom('points', 'stars'),
  tier: fc.constantFrom('green', 'gold'),
  uri: fc.constant('https://shop.example/'),
};
const words = fc.constantFrom('a', 'beans', '3', 'null', 'yes', 'é “x”', ' - x: [y]', '#1', '2026-03-02');

/** Any value that a schema takes. */
function valueOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const branches = schema.oneOf ?? schema.anyOf;
  const named = schema.format === undefined ? undefined : BY_FORMAT[schema.format];
  if (named) return named;
  if (branches) return fc.oneof(...branches.map(valueOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}), { minLength: Number(schema['minItems'] ?? 0), maxLength: 3 });
    case 'integer': {
      const min = Math.max(0, Number(schema['minimum'] ?? 0));
      return fc.integer({ min, max: Math.min(min + 2000, Number(schema['maximum'] ?? Infinity)) });
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return schema.pattern === undefined ? words : fc.stringMatching(new RegExp(schema.pattern));
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<object> {
  if (additionalProperties) return fc.dictionary(words, valueOf(additionalProperties), { maxKeys: 2 });
  return fc.record(Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valueOf(of)])), {
    requiredKeys: required,
  });
}

/** Any program file that the format takes, whether it makes sense or not. */
export const anyProgram = () =>
  valueOf(programFileSchema)
    .map((value) => programFile.safeParse(value))
    .filter(({ success }) => success)
    .map(({ data }) => data ?? fail());

function fail(): never {
  throw new Error('a program that does not parse');
}

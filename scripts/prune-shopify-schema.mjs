/**
 * Cuts Shopify's official Admin API introspection down to what our operations touch, so that it fits in the project:
 *   npx tsx scripts/prune-shopify-schema.mjs <introspection.json[.gz]> [out.json.gz]
 * Fields that no operation names are dropped; whatever stays is as official: arguments, input types, enums, interfaces.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  buildClientSchema,
  getNamedType,
  isAbstractType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { OPERATIONS } from '../src/platforms/shopify/operations.ts';

const [source, target = 'demo/stores/shopify/schema/admin-2026-10.json.gz'] = process.argv.slice(2);
const raw = readFileSync(source);
const text = (raw[0] === 0x1f ? gunzipSync(raw) : raw).toString('utf8');
const parsed = JSON.parse(text);
const introspection = parsed.data ?? parsed;
const schema = buildClientSchema(introspection);

/** Type name -> names of the fields kept (output types), or null for whole types. */
const kept = new Map();
const keep = (type, field) => {
  if (!kept.has(type)) kept.set(type, new Set());
  if (field) kept.get(type).add(field);
};

for (const [name, operation] of Object.entries(OPERATIONS)) {
  const document = parse(operation);
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(`${name}: ${problems.map((each) => each.message).join('; ')}`);
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        if (node.name.value === '__typename') return;
        keep(parent.name, node.name.value);
        keep(getNamedType(info.getType()).name);
        if (isAbstractType(parent))
          for (const type of schema.getPossibleTypes(parent)) keep(type.name, node.name.value);
      },
      InlineFragment() {
        keep(info.getType().name);
      },
    }),
  );
}

const all = new Map(introspection.__schema.types.map((type) => [type.name, type]));
const named = (type) => (type.ofType ? named(type.ofType) : type.name);
const types = new Map();

function add(name) {
  if (types.has(name) || name.startsWith('__')) return;
  const type = all.get(name);
  const { description: _description, ...rest } = type;
  const bare = { ...rest };
  types.set(name, bare);
  if (type.kind === 'INPUT_OBJECT') {
    bare.inputFields = type.inputFields.map(slim);
    for (const field of type.inputFields) add(named(field.type));
  }
  if (type.kind === 'ENUM') bare.enumValues = type.enumValues.map(slim);
  if (type.kind === 'UNION') for (const possible of type.possibleTypes) add(possible.name);
  if (type.fields) {
    const wanted = kept.get(name) ?? new Set();
    const fields = type.fields.filter((field) => wanted.has(field.name));
    // a type that is only named needs one field to be a type
    const some = fields.length > 0 ? fields : [type.fields.find((field) => field.name === 'id') ?? simplest(type)];
    bare.fields = some.map((field) => ({ ...slim(field), args: field.args.map(slim) }));
    for (const field of some) {
      add(named(field.type));
      for (const argument of field.args) add(named(argument.type));
    }
  }
}

const slim = ({ description: _description, ...rest }) => rest;
const simplest = (type) =>
  type.fields.find((field) => ['SCALAR', 'ENUM'].includes(all.get(named(field.type)).kind)) ?? type.fields[0];

add(introspection.__schema.queryType.name);
add(introspection.__schema.mutationType.name);
for (const name of kept.keys()) add(name);
for (const scalar of ['String', 'Boolean', 'Int', 'Float', 'ID']) add(scalar);
// an interface stays an object's interface only while both are here with the same fields
for (const type of types.values()) {
  const has = (other) => other && other.fields.every((field) => type.fields.some((own) => own.name === field.name));
  if (type.interfaces)
    type.interfaces = type.interfaces.filter((each) => kept.has(each.name) && has(types.get(each.name)));
}
for (const type of types.values()) {
  if (type.kind !== 'INTERFACE') continue;
  type.possibleTypes = type.possibleTypes.filter((each) =>
    types.get(each.name)?.interfaces?.some((i) => i.name === type.name),
  );
}

const meta = [...all.values()].filter((type) => type.name.startsWith('__'));
const { queryType, mutationType } = introspection.__schema;
const pruned = {
  __schema: {
    queryType,
    mutationType,
    subscriptionType: null,
    types: [...types.values(), ...meta],
    directives: introspection.__schema.directives,
  },
};
const small = buildClientSchema(pruned);
for (const [name, operation] of Object.entries(OPERATIONS)) {
  const problems = validate(small, parse(operation));
  if (problems.length > 0) throw new Error(`pruned, ${name}: ${problems.map((each) => each.message).join('; ')}`);
}
const packed = gzipSync(JSON.stringify(pruned), { level: 9 });
writeFileSync(target, packed);
process.stdout.write(`${types.size} of ${all.size} types, ${packed.length} bytes -> ${target}\n`);

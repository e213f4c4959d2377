/** What of a JSON schema is read here. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  format?: string;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  propertyNames?: Schema;
  additionalProperties?: Schema | false;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

/** One word of a schema, and whole values that differ in it alone. */
export interface Slot {
  path: string;
  rules: object[];
}

/** By the path of an object or list: what else stands in it while its words are tried. */
export interface Around {
  heardIn: Readonly<Record<string, object>>;
  /** What stands before the item that is tried in a list. */
  first: Readonly<Record<string, object>>;
  /** What an object holds while one of its words is tried, by the path of the word. */
  instead: Readonly<Record<string, object>>;
}

/** By format or pattern, two values each. */
const SAMPLES: Record<string, [unknown, unknown]> = {
  fraction: ['5', '3/2'],
  date: ['2026-03-02', '2027-11-28'],
  'local-date-time': ['2026-03-02T10:00', '2027-11-28T00:00'],
  'month-day': ['03-02', '11-28'],
  'local-time': ['08:15', '17:30'],
  uri: ['https://social.example/us', 'https://social.example/them'],
};

/**
 * Every word of a schema that can be written in more than one way. Words that stand in many places alike (conditions) are
 * tried one by one in the first place, and by one of them in the others.
 */
export function slotsOf(schema: object, around: Around): Slot[] {
  met.clear();
  return walk(schema, '', (value) => value as object, around);
}
const met = new Set<string>();

function walk(schema: Schema, path: string, embed: (value: unknown) => object, around: Around): Slot[] {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches && schema.format === undefined) {
    const own = { path, rules: branches.map((branch) => embed(least(branch, path, around))) };
    return [own, ...branches.flatMap((branch) => walk(branch, path, embed, around))];
  }
  if (schema.type === 'object') return walkObject(schema, path, embed, around);
  if (schema.type === 'array') {
    const first = around.first[path];
    const item = (value: unknown) => embed(first ? [first, value] : [value]);
    return walk(schema.items ?? {}, `${path}[]`, item, around);
  }
  const values = samples(schema);
  return values.length < 2 ? [] : [{ path, rules: values.map(embed) }];
}

function walkObject(schema: Schema, path: string, embed: (value: unknown) => object, around: Around): Slot[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  if (Object.keys(properties).length === 0 && additionalProperties) {
    return walk(additionalProperties, path, (value) => embed({ points: value }), around);
  }
  const whole = least(schema, path, around) as object;
  const again = required.length === 0 && path !== '' && met.has(JSON.stringify(properties));
  met.add(JSON.stringify(properties));
  const words = Object.entries(properties).slice(0, again ? 1 : undefined);
  return words.flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const inner = (value: unknown) => embed({ ...whole, ...around.instead[at], [name]: value });
    const { [name]: _, ...without } = { ...whole, ...around.instead[at] } as Record<string, unknown>;
    const slots = walk(property, at, inner, around);
    if (required.includes(name)) return slots;
    const value = least(property, at, around);
    // an object that asks nothing is as good as none
    if (JSON.stringify(value) === '{}') return slots;
    return [{ path: at, rules: [embed(without), embed({ ...without, [name]: value })] }, ...slots];
  });
}

/** The least value that a schema takes. */
function least(schema: Schema, path: string, around: Around): unknown {
  if (schema.format !== undefined) return samples(schema)[0];
  const [branch] = schema.anyOf ?? schema.oneOf ?? [];
  if (branch) return least(branch, path, around);
  if (schema.type === 'array') {
    const item = least(schema.items ?? {}, `${path}[]`, around);
    return around.first[path] ? [around.first[path], item] : [item];
  }
  if (schema.type !== 'object') return samples(schema)[0];
  const { properties = {}, required = [], additionalProperties } = schema;
  if (Object.keys(properties).length === 0 && additionalProperties) {
    return { points: least(additionalProperties, path, around) };
  }
  const own = required.map((name) => {
    return [name, least(properties[name] ?? {}, path === '' ? name : `${path}.${name}`, around)] as const;
  });
  return {
    ...Object.fromEntries(own),
    ...around.heardIn[path],
    ...around.heardIn[`${path} ${String(properties['kind']?.const)}`],
  };
}

function samples(schema: Schema): unknown[] {
  if (schema.const !== undefined) return [schema.const];
  if (schema.enum) return schema.enum;
  const known = schema.format === undefined ? undefined : SAMPLES[schema.format];
  if (known) return known;
  switch (schema.type) {
    case 'boolean':
      return [false, true];
    case 'integer':
    case 'number': {
      const { minimum = 0, maximum = 1000 } = schema;
      const low = Math.max(minimum, 4);
      return low < maximum ? [low, low + 1] : [minimum, maximum];
    }
    case 'string':
      return ['alpha', 'beta'];
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`);
  }
}

import * as z from 'zod';
import { programFile } from './program-file.js';

/** What of a JSON schema is read here. */
export interface JsonSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  format?: string;
  pattern?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: JsonSchema | false;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  [more: string]: unknown;
}

/** The schema of a program file as JSON Schema: for editors, for the API, and to walk a file along it. */
export const programFileSchema = z.toJSONSchema(programFile, { io: 'input' }) as JsonSchema;

/** As it is published, in the repository and by the API. */
export function schemaText(): string {
  return `${JSON.stringify({ ...programFileSchema, $id: SCHEMA_ID }, null, 1)}\n`;
}
const SCHEMA_ID = 'https://tallymark.example/program.schema.json';

/** Of the branches of a schema the one that a value is written by; the schema itself where it has none. */
export function branchOf(schema: JsonSchema, value: unknown): JsonSchema {
  const branches = schema.oneOf ?? schema.anyOf;
  if (!branches) return schema;
  const found = branches.find((branch) => fits(branch, value));
  return found ? branchOf(found, value) : schema;
}

function fits(schema: JsonSchema, value: unknown): boolean {
  if (schema.oneOf ?? schema.anyOf) return (schema.oneOf ?? schema.anyOf ?? []).some((one) => fits(one, value));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum) return schema.enum.includes(value);
  switch (schema.type) {
    case 'object':
      return isObject(value) && fitsObject(schema, value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
    case 'number':
      return typeof value === 'number';
    case 'null':
      return value === null;
    default:
      return schema.type === undefined || typeof value === schema.type;
  }
}

function fitsObject({ properties = {}, required = [], additionalProperties }: JsonSchema, value: object): boolean {
  if (required.some((name) => !Object.hasOwn(value, name))) return false;
  return Object.entries(value).every(([name, inner]) => {
    const of = properties[name];
    if (!of) return additionalProperties !== false;
    return of.const === undefined || of.const === inner;
  });
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

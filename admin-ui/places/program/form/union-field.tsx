import { Field, Select } from '../../../kit/fields.js';
import { type SchemaFieldProps, useFormFacts, useNames } from './form-context.js';
import { branchOf, isThing, type Shape, shapeOf, type Thing, turnedInto } from './form-model.js';
import { SchemaObject } from './schema-object.js';

/** First which way, in plain words; then what that way needs. */
export function UnionField({
  name,
  path,
  value,
  branches,
  onChange,
}: SchemaFieldProps & { branches: Extract<Shape, { as: 'union' }>['branches'] }) {
  const { label, value: valueName } = useNames();
  const { beginning } = useFormFacts();
  const branch = branchOf(branches, value);
  if (!branch) return null;
  const options = branches.map((one) => ({
    value: one.name,
    text: valueName(one.schema.properties?.['kind'] ? 'kind' : name, one.name),
  }));
  const turn = (to: string) => {
    const next = branches.find((one) => one.name === to);
    if (next && next !== branch) onChange(turnedInto(next, value, beginning));
  };
  const shape = shapeOf(branch.schema);
  const said = shape.as === 'object' && Object.keys(branch.schema.properties ?? {}).some((key) => key !== 'kind');
  return (
    <div className="stack">
      <Select label={label(name)} value={branch.name} onChange={turn} options={options} />
      {said && isThing(value) && (
        <div className="schema-inner">
          <SchemaObject schema={branch.schema} path={path} value={value} onChange={(now: Thing) => onChange(now)} />
        </div>
      )}
      {!['object', 'fixed'].includes(shape.as) && (
        <Field label={label(name)} value={String(value ?? '')} onChange={onChange} />
      )}
    </div>
  );
}

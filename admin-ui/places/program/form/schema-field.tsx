import { Button } from '../../../kit/button.js';
import { Checkbox, Select, Switch } from '../../../kit/fields.js';
import { type SchemaFieldProps, useFormFacts, useNames } from './form-context.js';
import { isThing, type Shape, shapeOf } from './form-model.js';
import { SchemaObject } from './schema-object.js';
import { SchemaList, SchemaMap } from './schema-list.js';
import { UnionField } from './union-field.js';
import { WrittenField } from './written-field.js';

/** One value of a program, asked for as its schema says. */
export function SchemaField(props: SchemaFieldProps) {
  const { label, t } = useNames();
  const { name, onRemove } = props;
  const shape = shapeOf(props.schema);
  const { units } = useFormFacts();
  // nothing to choose between, nothing to take out
  if (shape.as === 'fixed' || (shape.as === 'unit' && units.length < 2)) return null;
  const wide = ['object', 'union', 'list', 'map', 'choices'].includes(shape.as);
  return (
    <div className={wide ? 'schema-field wide' : 'schema-field'}>
      <Asking {...props} shape={shape} />
      {onRemove && (
        <Button look="quiet" onPress={onRemove} aria-label={`${t('remove')}: ${label(name)}`}>
          ✕
        </Button>
      )}
    </div>
  );
}

function Asking({ shape, ...props }: SchemaFieldProps & { shape: Shape }) {
  const { schema, name, path, onChange } = props;
  const { label, value: valueName } = useNames();
  const { units, tiers } = useFormFacts();
  const value = props.value ?? schema.default;
  switch (shape.as) {
    case 'flag':
      return (
        <Switch on={value === true} onChange={onChange}>
          {label(name)}
        </Switch>
      );
    case 'choice': {
      const options = shape.of.map((one) => ({ value: one, text: valueName(name, one) }));
      return <Select label={label(name)} value={String(value)} onChange={onChange} options={options} />;
    }
    case 'unit':
    case 'tier': {
      const known = shape.as === 'unit' ? units : tiers;
      const options = [...new Set([...known, String(value ?? '')])].map((one) => ({ value: one, text: one }));
      return <Select label={label(name)} value={String(value ?? '')} onChange={onChange} options={options} />;
    }
    case 'choices':
      return <ManyOf name={name} of={shape.of} value={value} onChange={onChange} />;
    case 'object':
      return (
        <fieldset className="schema-group">
          <legend>{label(name)}</legend>
          <SchemaObject schema={shape.schema} path={path} value={isThing(value) ? value : {}} onChange={onChange} />
        </fieldset>
      );
    case 'union':
      return <UnionField {...props} value={value} branches={shape.branches} />;
    case 'list':
      return <SchemaList {...props} item={shape.item} value={Array.isArray(value) ? value : []} />;
    case 'map':
      return <SchemaMap {...props} item={shape.item} value={isThing(value) ? value : {}} />;
    default:
      return <WrittenField {...props} shape={shape} value={value} />;
  }
}

function ManyOf({
  name,
  of,
  value,
  onChange,
}: {
  name: string;
  of: readonly string[];
  value: unknown;
  onChange(value: string[]): void;
}) {
  const { label, value: valueName } = useNames();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const toggle = (one: string, on: boolean) =>
    onChange(of.filter((each) => (each === one ? on : chosen.includes(each))));
  return (
    <fieldset className="schema-group">
      <legend>{label(name)}</legend>
      <div className="row">
        {of.map((one) => (
          <Checkbox key={one} isSelected={chosen.includes(one)} onChange={(on) => toggle(one, on)}>
            {valueName(name, one)}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

import { Button } from '../../../kit/button.js';
import { Checkbox, Select, Switch } from '../../../kit/fields.js';
import { type SchemaFieldProps, useFormFacts, useNames } from './form-context.js';
import { isThing, type Shape, shapeAt } from './form-model.js';
import { SchemaObject } from './schema-object.js';
import { SchemaList, SchemaMap } from './schema-list.js';
import { UnionField } from './union-field.js';
import { WrittenField } from './written-field.js';

/** One value of a program, asked for as its schema says. */
export function SchemaField(props: SchemaFieldProps) {
  const { label, t } = useNames();
  const { name, onRemove } = props;
  const { rules, named } = useFormFacts();
  const shape = shapeAt(props.schema, props.path, rules);
  // nothing to choose between, nothing to take out
  if (shape.as === 'fixed' || (shape.as === 'unit' && named.unit.length < 2)) return null;
  const wide = ['object', 'union', 'list', 'map', 'choices', 'among'].includes(shape.as);
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
  const { named } = useFormFacts();
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
      const options = withChosen(named[shape.as], [String(value ?? '')]);
      return <Select label={label(name)} value={String(value ?? '')} onChange={onChange} options={options} />;
    }
    case 'choices':
      return (
        <ManyOf
          {...{ name, value, onChange }}
          of={shape.of.map((one) => ({ value: one, text: valueName(name, one) }))}
        />
      );
    case 'among': {
      const chosen = Array.isArray(value) ? value.map(String) : [];
      return <ManyOf {...{ name, value, onChange }} of={withChosen(named[shape.of], chosen)} />;
    }
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

interface Option {
  value: string;
  text: string;
}

/** What is there by its name, and what is chosen and is not there any more: taking it out must be possible. */
const withChosen = (there: readonly { id: string; name: string }[], chosen: readonly string[]): Option[] => [
  ...there.map(({ id, name }) => ({ value: id, text: name })),
  ...chosen.filter((one) => !there.some(({ id }) => id === one)).map((one) => ({ value: one, text: one })),
];

function ManyOf({
  name,
  of,
  value,
  onChange,
}: {
  name: string;
  of: readonly Option[];
  value: unknown;
  onChange(value: string[]): void;
}) {
  const { label } = useNames();
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const toggle = (one: string, on: boolean) =>
    onChange(of.map((each) => each.value).filter((each) => (each === one ? on : chosen.includes(each))));
  return (
    <fieldset className="schema-group">
      <legend>{label(name)}</legend>
      <div className="row">
        {of.map((one) => (
          <Checkbox key={one.value} isSelected={chosen.includes(one.value)} onChange={(on) => toggle(one.value, on)}>
            {one.text}
          </Checkbox>
        ))}
      </div>
    </fieldset>
  );
}

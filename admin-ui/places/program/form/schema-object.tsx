import { Menu } from '../../../kit/menu.js';
import { useFormFacts, useNames } from './form-context.js';
import { beginningOf, fieldsOf, type Schema, type Thing, withField } from './form-model.js';

interface SchemaObjectProps {
  schema: Schema;
  path: string;
  value: Thing;
  onChange(value: Thing): void;
  /** Of all that it may have, these alone. */
  only?: readonly string[];
}

/** What is filled in of a thing, what must be, and a list of what could be added. */
export function SchemaObject({ schema, path, value, onChange, only }: SchemaObjectProps) {
  const { t, label } = useNames();
  const { beginning, problems, Field } = useFormFacts();
  const { shown, addable } = fieldsOf(schema, value);
  const mine = (name: string) => only === undefined || only.includes(name);
  const required = schema.required ?? [];
  const add = (name: string) =>
    onChange(withField(value, name, beginningOf(schema.properties?.[name] ?? {}, beginning, name)));
  const more = addable.filter(mine);
  const problem = problems.get(path);
  return (
    <>
      {problem !== undefined && <p className="problem">{problem}</p>}
      <div className="schema-fields">
        {shown.filter(mine).map((name) => (
          <Field
            key={name}
            schema={schema.properties?.[name] ?? {}}
            name={name}
            path={path === '' ? name : `${path}.${name}`}
            value={value[name]}
            onChange={(now) => onChange(withField(value, name, now))}
            onRemove={
              required.includes(name) || value[name] === undefined || Array.isArray(schema.properties?.[name]?.default)
                ? undefined
                : () => onChange(withField(value, name, undefined))
            }
          />
        ))}
      </div>
      {more.length > 0 && (
        <div className="schema-add">
          <Menu
            label={`+ ${t('addDetail')}`}
            entries={more.map((name) => ({ id: name, text: label(name), act: () => add(name) }))}
          />
        </div>
      )}
    </>
  );
}

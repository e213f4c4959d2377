import { useState } from 'react';
import { Button } from '../../../kit/button.js';
import { Field } from '../../../kit/fields.js';
import { Menu } from '../../../kit/menu.js';
import { type SchemaFieldProps, useFormFacts, useNames } from './form-context.js';
import { beginningOf, freeId, isThing, type Schema, shapeOf, type Thing } from './form-model.js';
import { SchemaObject } from './schema-object.js';
import { UnionField } from './union-field.js';

/** Several of a kind, each told in the shopper's words and opened to be changed; new ones by kind. */
export function SchemaList({
  name,
  path,
  item,
  value,
  onChange,
}: SchemaFieldProps & { item: Schema; value: readonly unknown[] }) {
  const { t, label, one } = useNames();
  const [opened, setOpened] = useState<number | null>(null);
  const set = (at: number, now: unknown) => onChange(value.map((each, i) => (i === at ? now : each)));
  return (
    <fieldset className="schema-group">
      <legend>{label(name)}</legend>
      {value.length === 0 && <p className="muted">{t('nothing')}</p>}
      {value.map((each, at) => (
        <details
          key={isThing(each) && typeof each['id'] === 'string' ? each['id'] : at}
          className="schema-item"
          open={opened === at}
          onToggle={(event) => {
            // a list within it tells of its own opening, which rises up to here
            if (event.target !== event.currentTarget) return;
            if (event.currentTarget.open) setOpened(at);
            else if (opened === at) setOpened(null);
          }}
        >
          <summary>
            <ItemName item={each} fallback={`${one(name)} ${at + 1}`} />
          </summary>
          <Item {...{ name, item }} path={`${path}[${at}]`} value={each} onChange={(now) => set(at, now)} />
          <div className="actions">
            {at > 0 && <Button onPress={() => (onChange(moved(value, at)), setOpened(at - 1))}>{t('up')}</Button>}
            <Button look="danger" onPress={() => onChange(value.filter((_, i) => i !== at))}>
              {t('remove')}
            </Button>
          </div>
        </details>
      ))}
      <NewItem name={name} item={item} add={(fresh) => (onChange([...value, fresh]), setOpened(value.length))} />
    </fieldset>
  );
}

const moved = <T,>(list: readonly T[], at: number): T[] =>
  list.map((one, i) => (i === at - 1 ? (list[at] ?? one) : i === at ? (list[at - 1] ?? one) : one));

function ItemName({ item, fallback }: { item: unknown; fallback: string }) {
  const { sentences } = useFormFacts();
  const { value } = useNames();
  if (!isThing(item)) return <>{fallback}</>;
  const id = typeof item['id'] === 'string' ? item['id'] : null;
  const told = id === null ? undefined : sentences.get(id);
  const kind = typeof item['kind'] === 'string' ? value('kind', item['kind']) : null;
  return <>{told ?? (id === null ? fallback : kind === null ? id : `${kind} (${id})`)}</>;
}

function Item({ name, item, path, value, onChange }: Omit<SchemaFieldProps, 'schema'> & { item: Schema }) {
  const { Field: AnyField } = useFormFacts();
  const shape = shapeOf(item);
  if (shape.as === 'union')
    return <UnionField {...{ name: 'kind', path, value, onChange }} schema={item} branches={shape.branches} />;
  if (shape.as === 'object' && isThing(value))
    return <SchemaObject schema={shape.schema} path={path} value={value} onChange={onChange} />;
  return <AnyField {...{ name, path, value, onChange }} schema={item} />;
}

function NewItem({ name, item, add }: { name: string; item: Schema; add(fresh: unknown): void }) {
  const { t, one, value } = useNames();
  const { beginning } = useFormFacts();
  const shape = shapeOf(item);
  const label = `${t('add')}: ${one(name)}`;
  if (shape.as === 'union' && shape.branches.some(({ schema }) => schema.properties?.['kind']))
    return (
      <Menu
        label={label}
        entries={shape.branches.map((branch) => ({
          id: branch.name,
          text: value('kind', branch.name),
          act: () => add(beginningOf(branch.schema, beginning)),
        }))}
      />
    );
  const id = freeId(name, beginning.taken);
  const fresh = () => {
    const made = beginningOf(item, beginning);
    add(isThing(made) && 'id' in made ? { ...made, id } : made);
  };
  return <Button onPress={fresh}>{label}</Button>;
}

/** Things by name: units, tiers. A new one wants its name first. */
export function SchemaMap({ name, path, item, value, onChange }: SchemaFieldProps & { item: Schema; value: Thing }) {
  const { t, label, one } = useNames();
  const { beginning } = useFormFacts();
  const [fresh, setFresh] = useState('');
  const free = fresh !== '' && !Object.hasOwn(value, fresh);
  const { [fresh]: _, ...rest } = value;
  return (
    <fieldset className="schema-group">
      <legend>{label(name)}</legend>
      {Object.entries(value).map(([key, inner]) => (
        <details key={key} className="schema-item" open={Object.keys(value).length === 1}>
          <summary>{key}</summary>
          <Item
            {...{ name, item, path: `${path}.${key}`, value: inner }}
            onChange={(now) => onChange({ ...value, [key]: now })}
          />
          <Button
            look="danger"
            onPress={() => onChange(Object.fromEntries(Object.entries(value).filter(([other]) => other !== key)))}
          >
            {t('remove')}
          </Button>
        </details>
      ))}
      <div className="row ends">
        <Field label={`${one(name)}: ${t('name')}`} value={fresh} onChange={setFresh} />
        <Button
          isDisabled={!free}
          onPress={() => (onChange({ ...rest, [fresh]: beginningOf(item, beginning) }), setFresh(''))}
        >
          {t('add')}
        </Button>
      </div>
    </fieldset>
  );
}

import { useEffect, useState } from 'react';
import { Field } from '../../../kit/fields.js';
import { type SchemaFieldProps, useFormFacts, useNames } from './form-context.js';
import { fractionOf, fractionText, majorText, minorOf, type Shape } from './form-model.js';

type Written = Pick<SchemaFieldProps, 'name' | 'path' | 'value' | 'onChange'> & { shape: Shape };

/** What is written: text, figures, money, dates, lists of names. Half a figure is kept beside the form until it is one. */
export function WrittenField({ name, path, value, onChange, shape }: Written) {
  const { label, t } = useNames();
  const { currency, exponent, problems } = useFormFacts();
  const shown = textOf(shape, value, exponent);
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState<string | null>(null);
  useEffect(() => {
    // what is shown follows the program, unless it is another way to write the same
    setText((now) => (same(readAs(shape, now, exponent), value) ? now : textOf(shape, value, exponent)));
    setWrong(null);
  }, [value, exponent]);
  const write = (next: string) => {
    setText(next);
    const read = readAs(shape, next, exponent);
    setWrong(read === null ? t(complaint(shape)) : null);
    if (read !== null) onChange(read);
  };
  return (
    <Field
      label={label(name)}
      value={text}
      onChange={write}
      type={shape.as === 'date' ? 'date' : shape.as === 'moment' ? 'datetime-local' : 'text'}
      error={wrong ?? problems.get(path)}
      {...(shape.as === 'money' ? { suffix: currency } : {})}
      {...(shape.as === 'texts' ? { help: t('listHelp') } : {})}
      {...(shape.as === 'number' ? { inputMode: 'numeric' as const } : {})}
      {...(shape.as === 'money' || shape.as === 'fraction' ? { inputMode: 'decimal' as const } : {})}
    />
  );
}

function textOf({ as }: Shape, value: unknown, exponent: number): string {
  if (value === undefined || value === null) return '';
  if (as === 'money') return majorText(Number(value), exponent);
  if (as === 'fraction') return fractionText(value);
  if (as === 'texts') return (value as string[]).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Null = it cannot be read as what is asked for. */
function readAs({ as }: Shape, text: string, exponent: number): unknown {
  switch (as) {
    case 'money':
      return minorOf(text, exponent);
    case 'fraction':
      return fractionOf(text);
    case 'number':
      return /^-?\d+$/.test(text.trim()) ? Number(text) : null;
    case 'texts':
      return text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
    default:
      return text;
  }
}

const complaint = ({ as }: Shape) => (as === 'money' ? 'amount' : as === 'fraction' ? 'fraction' : 'number');
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

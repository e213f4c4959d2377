import { type ComponentType, createContext, useContext } from 'react';
import { useLanguage, useWords } from '../../../shell/desk-context.js';
import { inFront } from '../../../words/words.js';
import { FORM } from './words.js';
import type { Beginning, Named, Schema, Thing } from './form-model.js';

export interface SchemaFieldProps {
  schema: Schema;
  /** The word of the format that it is: names it, and its values. */
  name: string;
  path: string;
  value: unknown;
  onChange(value: unknown): void;
  /** Takes it out of the program; absent where it must stay. */
  onRemove?: (() => void) | undefined;
}

/** What a form of a program needs to know beside its schema. */
export interface FormFacts {
  /** What fields and values are called: GET /api/v1/program-words. */
  words: Readonly<Record<string, string>>;
  /** Draws one value, and with it whatever is within: things hold things. */
  Field: ComponentType<SchemaFieldProps>;
  /** The whole of what is edited, and what it has by name. */
  rules: Thing;
  named: Readonly<Record<Named, readonly { id: string; name: string }[]>>;
  currency: string;
  exponent: number;
  beginning: Beginning;
  /** What is wrong, by path in the file ("rules.earning[0].per"). */
  problems: ReadonlyMap<string, string>;
  /** What a shopper reads of a rule, by its id. */
  sentences: ReadonlyMap<string, string>;
}

export const FormContext = createContext<FormFacts | null>(null);

export function useFormFacts(): FormFacts {
  const facts = useContext(FormContext);
  if (!facts) throw new Error('a field of a program stands in its form');
  return facts;
}

/** Says what fields and values are called; a word that nobody wrote stands as it is in the file. */
export function useNames() {
  const { words } = useFormFacts();
  const language = useLanguage();
  const t = useWords(FORM);
  const upper = (text: string) => inFront(text, language);
  const label = (name: string) => upper(words[`label.${name}`] ?? name);
  return {
    t,
    label,
    one: (name: string) => upper(words[`one.${name}`] ?? words[`label.${name}`] ?? name),
    value: (field: string, value: string) =>
      upper(
        words[`value.${field}.${value}`] ??
          words[`value.${value}`] ??
          value
            .split('+')
            .map((part) => words[`label.${part}`] ?? part)
            .join(', '),
      ),
  };
}

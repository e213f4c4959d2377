import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps,
  FieldError,
  Input,
  Label,
  Radio,
  RadioGroup,
  SearchField as AriaSearchField,
  Switch as AriaSwitch,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';

interface Described {
  label: string;
  /** Beneath the field; at most 140 characters. */
  help?: ReactNode;
  /** What is wrong with it and what would be right, in the words of the label. */
  error?: string | null | undefined;
}

type FieldProps = Omit<TextFieldProps, 'className' | 'children'> &
  Described & { lines?: number; suffix?: string; placeholder?: string; inputMode?: 'numeric' | 'decimal' | 'text' };

/** A line of text, or several; also numbers (`inputMode`), e-mail and dates (`type`). */
export function Field({ label, help, error, lines, suffix, placeholder, ...rest }: FieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className="field">
      <Label>{label}</Label>
      <span className="field-line">
        {lines === undefined ? <Input placeholder={placeholder ?? ''} /> : <TextArea rows={lines} />}
        {suffix !== undefined && <span className="suffix">{suffix}</span>}
      </span>
      {help !== undefined && <Text slot="description">{help}</Text>}
      <FieldError>{error}</FieldError>
    </AriaTextField>
  );
}

interface SelectProps<V extends string> extends Described {
  value: V;
  onChange(value: V): void;
  options: readonly { value: V; text: string }[];
  isDisabled?: boolean;
}

/** One of a few: the browser's own list, which phones and screen readers know best. */
export function Select<V extends string>({ label, help, value, onChange, options, isDisabled }: SelectProps<V>) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <span className="field-line">
        <select value={value} disabled={isDisabled} onChange={(event) => onChange(event.target.value as V)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.text}
            </option>
          ))}
        </select>
      </span>
      {help !== undefined && <span className="help">{help}</span>}
    </label>
  );
}

/** One of a few that want a sentence each. `said` = the heading above says the label already. */
export function Choices<V extends string>({
  label,
  said = false,
  value,
  onChange,
  options,
}: {
  label: string;
  said?: boolean;
  value: V;
  onChange(value: V): void;
  options: readonly { value: V; text: ReactNode; more?: ReactNode }[];
}) {
  return (
    <RadioGroup className="choices" value={value} onChange={(chosen) => onChange(chosen as V)}>
      <Label {...(said ? { className: 'visually-hidden' } : {})}>{label}</Label>
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="choice">
          <span>
            {option.text}
            {option.more !== undefined && <small>{option.more}</small>}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

export function Checkbox({
  children,
  ...rest
}: Omit<CheckboxProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className="checkbox">
      <span className="box" aria-hidden="true" />
      {children}
    </AriaCheckbox>
  );
}

export function Switch({ on, onChange, children }: { on: boolean; onChange(on: boolean): void; children: ReactNode }) {
  return (
    <AriaSwitch isSelected={on} onChange={onChange} className="switch">
      <span className="track" aria-hidden="true" />
      {children}
    </AriaSwitch>
  );
}

export function SearchField({
  label,
  value,
  onChange,
  onSubmit,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
  onSubmit?(value: string): void;
}) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      {...(onSubmit ? { onSubmit } : {})}
      className="field search"
    >
      <Input placeholder={label} />
    </AriaSearchField>
  );
}

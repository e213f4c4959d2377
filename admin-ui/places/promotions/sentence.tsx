import { Fragment, type ReactNode, useId } from 'react';

/** A sentence with fields in it: "Members get {size} {how}" with what stands in each slot. It reads as text. */
export function Sentence({ text, slots }: { text: string; slots: Readonly<Record<string, ReactNode>> }) {
  return (
    <p className="sentence">
      {text.split(/(\[\w+\][.,:;]?)/).map((part, at) => {
        const [, name, end] = /^\[(\w+)\](.?)$/.exec(part) ?? [];
        if (name === undefined) return <Fragment key={at}>{part}</Fragment>;
        // no line begins with a full stop
        return (
          <span key={at} className="slot-and-end">
            {slots[name]}
            {end}
          </span>
        );
      })}
    </p>
  );
}

interface SlotProps {
  /** What the field is called for whoever does not see the sentence around it. */
  label: string;
  value: string;
  onChange(value: string): void;
  type?: 'text' | 'datetime-local' | 'time';
  width?: number;
  /** What is wrong with it and what would be right. */
  error?: string | undefined;
  numeric?: boolean;
  autoFocus?: boolean;
}

/** A field of a sentence. What is wrong with it is said beneath it, and by it. */
export function Slot({ label, value, onChange, type = 'text', width = 12, error, numeric, autoFocus }: SlotProps) {
  const id = useId();
  return (
    <span className="slot">
      <input
        type={type}
        aria-label={label}
        value={value}
        style={type === 'text' ? { width: `${width}ch` } : {}}
        onChange={(event) => onChange(event.target.value)}
        {...(numeric ? { inputMode: 'decimal' as const } : {})}
        {...(autoFocus ? { autoFocus } : {})}
        {...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': id })}
      />
      {error !== undefined && (
        <span id={id} className="slot-error">
          {error}
        </span>
      )}
    </span>
  );
}

/** One of a few, in a sentence. */
export function Pick<V extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string;
  value: V;
  onChange(value: V): void;
  options: readonly (readonly [V, string])[];
}) {
  return (
    <span className="slot">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value as V)}>
        {options.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Some of a few, each a button that is on or off. */
export function Chips<V extends string>({
  label,
  chosen,
  onChange,
  options,
  error,
}: {
  label: string;
  chosen: readonly V[];
  onChange(chosen: V[]): void;
  options: readonly (readonly [V, string])[];
  error?: string | undefined;
}) {
  return (
    <span className="slot chips" role="group" aria-label={label}>
      {options.map(([one, text]) => (
        <button
          key={one}
          type="button"
          className="chip"
          aria-pressed={chosen.includes(one)}
          onClick={() =>
            onChange(options.map(([value]) => value).filter((value) => (value === one) !== chosen.includes(value)))
          }
        >
          {text}
        </button>
      ))}
      {error !== undefined && <span className="slot-error">{error}</span>}
    </span>
  );
}

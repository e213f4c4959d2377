import type { ReactNode } from 'react';

export interface Bar {
  key: string;
  name: ReactNode;
  value: number;
  /** As it is written beside the bar. */
  text: string;
  tone?: 'good' | 'bad' | 'neutral';
}

/** Up to a dozen things compared: horizontal, from zero, each with its name and its figure. */
export function BarChart({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...bars.map(({ value }) => Math.abs(value)));
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, name, value, text, tone = 'neutral' }) => (
        <li key={key}>
          <span className="bar-name">{name}</span>
          <span className="bar-space" aria-hidden="true">
            <span className={`bar-fill ${tone}`} style={{ width: `${(Math.abs(value) / most) * 100}%` }} />
          </span>
          <span className="bar-text">{text}</span>
        </li>
      ))}
    </ul>
  );
}

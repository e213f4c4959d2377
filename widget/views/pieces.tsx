import type { ComponentChildren } from 'preact';
import type { Asked, Scene } from '../scene.js';
import type { Words } from '../words.js';

/** Instead of an answer: reserved room, then grey lines, or one plain sentence that says the points are safe. */
export const waiting = (asked: Asked<unknown>, words: Words, again: () => void, rows = 3) =>
  asked.failed ? (
    <p class="trouble">
      {words.say('unreachable')}{' '}
      <Button kind="link" go={again}>
        {words.say('again')}
      </Button>
    </p>
  ) : (
    <div class="reserved" aria-hidden="true">
      {asked.slow && Array.from({ length: rows }, () => <i class="bone" />)}
    </div>
  );

export const Button = (props: { go(): void; off?: boolean; kind?: string; children?: ComponentChildren }) => (
  <button type="button" class={props.kind ?? 'secondary'} disabled={props.off ?? false} onClick={props.go}>
    {props.children}
  </button>
);

export const Card = ({ title, children }: { title?: string; children?: ComponentChildren }) => (
  <section class="card">
    {title && <h3>{title}</h3>}
    {children}
  </section>
);

/** The mark: four strokes and the fifth across. Draws itself once on a success. */
export const Mark = ({ drawn }: { drawn?: boolean }) => (
  <svg class={drawn ? 'drawn' : ''} viewBox="0 0 22 20" width="22" height="20" aria-hidden="true">
    <path d="M4 3v14M8.5 3v14M13 3v14M17.5 3v14" />
    <path class="fifth" d="M1 14 21 6" />
  </svg>
);

/** A figure that opens to its parts. */
export const Door = (props: {
  figure: ComponentChildren;
  kind?: string;
  open?: boolean;
  children?: ComponentChildren;
}) => (
  <details class={props.kind ?? ''} {...(props.open ? { open: true } : {})}>
    <summary>{props.figure}</summary>
    <div class="parts">{props.children}</div>
  </details>
);

export const Row = (props: { label: string; note?: string | null; figure?: string | null; kind?: string }) => (
  <p class={`row ${props.kind ?? ''}`}>
    <span>
      {props.label}
      {props.note && <small>{props.note}</small>}
    </span>
    {props.figure && <b>{props.figure}</b>}
  </p>
);

/** How it works, as the rules themselves say it. */
export const rules = (s: Scene) => (
  <ul>
    {s.program.earning.map((rule) => (
      <li>{rule.sentence}</li>
    ))}
  </ul>
);

export const howItWorks = (s: Scene) => <Door figure={<u>{s.words.say('how')}</u>}>{rules(s)}</Door>;

/** "+48 points": what something earns, with the rules behind the figure. */
export const earns = (s: Scene, sentence: string) => (
  <Door
    kind="earn"
    figure={
      <>
        <Mark /> <u>{sentence}</u>
      </>
    }
  >
    {rules(s)}
  </Door>
);

export function signIn({ facts, words }: Scene) {
  const href = /^(https?:|\/)/.test(facts.signIn ?? '') ? facts.signIn : null;
  return <p>{href ? <a href={href}>{words.say('guest')}</a> : words.say('guest')}</p>;
}

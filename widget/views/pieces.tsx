import type { ComponentChildren } from 'preact';
import type { Asked, Scene } from '../scene.js';
import type { Words } from '../words.js';

/** Instead of an answer: the shape of what comes, in its size; or one plain sentence that says the points are safe. */
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

export const Card = ({ title, kind, children }: { title?: string; kind?: string; children?: ComponentChildren }) => (
  <section class={`card ${kind ?? ''}`}>
    {title && <h3>{title}</h3>}
    {children}
  </section>
);

/** The mark: four strokes and the fifth across. Draws itself once on a success. */
export const Mark = ({ drawn, kind }: { drawn?: boolean; kind?: string }) => (
  <svg class={drawn ? 'drawn' : (kind ?? '')} viewBox="0 0 22 20" width="22" height="20" aria-hidden="true">
    <path d="M4 3v14M8.5 3v14M13 3v14M17.5 3v14" />
    <path class="fifth" d="M1 14 21 6" />
  </svg>
);

const TAG = 'M3 9.5V3h6.5l7 7-6.5 6.5zM6.5 6.5h0';
/** Own drawings, 20 by 20; each stands beside a word. */
const ICONS: Record<string, string> = {
  'amount-off': TAG,
  slider: TAG,
  rewards: TAG,
  'percent-off': 'M5 15 15 5M6 6h0M14 14h0',
  'free-shipping': 'M2 5h9v9H2zM11 8h4l3 3v3h-7M6 15.5h0M14.5 15.5h0',
  product: 'M4 7h12l-1 10H5zM7 7a3 3 0 0 1 6 0',
  donation: 'M10 16S3 12 3 7.5A3.5 3.5 0 0 1 10 6a3.5 3.5 0 0 1 7 1.5C17 12 10 16 10 16z',
  earn: 'M10 4v12M4 10h12',
  history: 'M10 6v4l3 2M10 2.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15',
  home: 'M4 5v10M8 5v10M12 5v10M16 5v10M2 13l16-6',
  close: 'm5 5 10 10M15 5 5 15',
};

export const Icon = ({ of }: { of: string }) => (
  <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <path d={ICONS[of] ?? TAG} />
  </svg>
);

/** How far something is, for the eye; the sentence beside it carries the value. */
export const Bar = ({ share }: { share: number }) => (
  <i class="bar" aria-hidden="true">
    <i style={{ width: `${Math.min(1, share) * 100}%` }} />
  </i>
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
  <ul class="ways">
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

/** Where a guest signs in; null where the page did not say, or said something that is no address. */
export const signInAt = ({ facts }: Scene) => (/^(https?:|\/)/.test(facts.signIn ?? '') ? facts.signIn : null);

export function signIn(s: Scene) {
  const href = signInAt(s);
  return <p>{href ? <a href={href}>{s.words.say('guest')}</a> : s.words.say('guest')}</p>;
}

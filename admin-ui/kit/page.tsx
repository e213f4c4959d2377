import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

interface PageProps {
  title: string;
  /** Says what this is, or answers its question, in one line. */
  lead?: ReactNode;
  /** At most one of them primary. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A place of the desk: its heading, its one primary action, its content. */
export function Page({ title, lead, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Tallymark`;
  }, [title]);
  const heading = useRef<HTMLHeadingElement>(null);
  const { key, pathname } = useLocation();
  useEffect(() => {
    // whoever came here by a link that is gone goes on from the heading, not from the top of the window
    const came = key !== 'default';
    if (came && !document.activeElement?.closest('main, [role=dialog]'))
      heading.current?.focus({ preventScroll: true });
    // what is only another part of the same place leaves the focus where it is
  }, [pathname]);
  return (
    <>
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a place, with its own heading. */
export function Card({ title, actions, children }: { title?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="card" {...(title === undefined ? {} : { 'aria-label': title })}>
      {(title !== undefined || actions !== undefined) && (
        <header className="card-head">
          {title !== undefined && <h2>{title}</h2>}
          {actions !== undefined && <div className="actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** A figure with its name, inside `<dl className="facts">`. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Nothing here yet: what belongs here, and the one thing to do next. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children !== undefined && <p>{children}</p>}
      {action}
    </div>
  );
}

export type Tone = 'neutral' | 'good' | 'bad' | 'warning' | 'pending' | 'accent' | 'draft';

/** A status in a word; colour is never all that says it. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}

/** A sentence that needs attention; `alert` is spoken at once. */
export function Note({
  tone = 'neutral',
  alert = false,
  children,
}: {
  tone?: Tone;
  alert?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`note ${tone}`} {...(alert ? { role: 'alert' } : {})}>
      {children}
    </div>
  );
}

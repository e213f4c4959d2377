import type { ReactNode } from 'react';
import type { Report, SimulationAnswer } from './figures.js';
import type { Draft, Programs } from './use-programs.js';

/** What every block of the report may speak of. */
export interface BlocksProps {
  simulation: SimulationAnswer;
  report: Report;
  programs: Programs;
  draft: Draft;
}

/** A part of the report, under its number: their order is the argument. */
export function Block({ nth, title, children }: { nth: number; title: string; children: ReactNode }) {
  return (
    <section className="card block" aria-labelledby={`block-${nth}`} data-block={nth}>
      <h2 id={`block-${nth}`}>
        <span aria-hidden="true">{nth}</span> {title}
      </h2>
      {children}
    </section>
  );
}

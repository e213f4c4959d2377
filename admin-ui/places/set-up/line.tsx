import type { ReactNode } from 'react';
import { useWords } from '../../shell/desk-context.js';
import { SET_UP } from './words.js';

/** One thing of the checklist: done, or what is to be done. */
export function Line({ done, text, children }: { done: boolean; text: string; children?: ReactNode }) {
  const t = useWords(SET_UP);
  return (
    <li>
      <span className={done ? 'check-mark done' : 'check-mark'} aria-hidden="true">
        {done && '✓'}
      </span>
      <span className="visually-hidden">{t(done ? 'isDone' : 'isOpen')}: </span>
      <span>
        {text} {children}
      </span>
    </li>
  );
}

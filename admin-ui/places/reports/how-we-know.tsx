import type { ReactNode } from 'react';
import { useWords } from '../../shell/desk-context.js';
import { REPORTS } from './words.js';

/** What was counted, who is compared, what is left out, what it cannot prove. */
export function HowWeKnow({ children }: { children: ReactNode }) {
  const t = useWords(REPORTS);
  return (
    <details>
      <summary>{t('how')}</summary>
      <p className="lead">{children}</p>
    </details>
  );
}

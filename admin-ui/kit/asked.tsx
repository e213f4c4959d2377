import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError } from '../api/client.js';
import { useFormat, useWords } from '../shell/desk-context.js';
import { Button } from './button.js';
import { Note } from './page.js';
import { isRole, KIT } from './words.js';

interface AskedProps<T> {
  query: UseQueryResult<T>;
  /** How many rows the loaded thing will about have: the skeleton has its size. */
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What was asked of the service: a skeleton while it loads, the data, or what went wrong; old data stays, and says so. */
export function Asked<T>({ query, rows = 3, children }: AskedProps<T>) {
  const t = useWords(KIT);
  const format = useFormat();
  if (query.data !== undefined)
    return (
      <>
        {query.isError && <Note tone="warning">{t('old', { at: format.moment(query.dataUpdatedAt) })}</Note>}
        {children(query.data)}
      </>
    );
  if (query.isError) return <Failed error={query.error} again={() => void query.refetch()} />;
  return <Skeleton rows={rows} />;
}

/** What happened, that nothing is lost, and what to do. */
export function Failed({ error, again }: { error: Error; again?: () => void }) {
  const t = useWords(KIT);
  // a role is not another one when it asks again
  const refused = error instanceof ApiError && error.code === 'not_your_role';
  return (
    <Note tone="bad" alert>
      <p>{failureText(error, t)}</p>
      {again && !refused && <Button onPress={again}>{t('again')}</Button>}
    </Note>
  );
}

export function failureText(
  error: Error,
  t: (key: keyof (typeof KIT)['en'], values?: Record<string, string>) => string,
): string {
  if (!(error instanceof ApiError)) return t('failed', { why: error.message });
  if (error.code === 'not_your_role' && Array.isArray(error.details['roles']))
    return t('forbidden', {
      roles: error.details['roles'].map((role) => (isRole(role) ? t(`role_${role}`) : String(role))).join(', '),
    });
  return t('failed', { why: error.message });
}

/** Rows of the final height, and what they stand for in a word; shown only after 200 ms, so that what comes quickly does not flicker. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const t = useWords(KIT);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={shown ? 'skeleton' : 'skeleton waiting'} role="status">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row}>{row === 0 && t('loading')}</div>
      ))}
    </div>
  );
}

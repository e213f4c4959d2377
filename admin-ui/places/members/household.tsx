import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answered } from '../../api/client.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import { HOUSEHOLD } from './household-words.js';

/** With whom a member shares an account now, and whose it is; nothing for somebody who shares with nobody. */
export function Household({ id }: { id: string }) {
  const t = useWords(HOUSEHOLD);
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['member', id, 'household'],
    queryFn: () => answered(api.GET('/api/v1/members/{id}/household', { params: { path: { id } } })),
  });
  const household = data?.household;
  if (!household) return null;
  const { head, others } = household;
  const isHead = head.member === id;
  const shown = isHead ? others : [head];
  return (
    <p>
      {t(isHead ? 'heads' : 'savesFor')}{' '}
      {shown.map(({ member, name }, n) => (
        <span key={member}>
          {n > 0 && ', '}
          <Link to={`/members/${member}`}>{name ?? t('somebody')}</Link>
        </span>
      ))}
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { useApi, useLanguage } from '../../shell/desk-context.js';
import type { Draft } from './use-programs.js';

/** All that a draft changes, a sentence each. */
export function Changes({ draft }: { draft: Draft }) {
  const api = useApi();
  const locale = useLanguage();
  const changes = useQuery({
    queryKey: ['promotions', 'changes', draft.hash, locale],
    queryFn: () => answered(api.GET('/api/v1/diff', { params: { query: { from: draft.base, to: 'draft', locale } } })),
  });
  return (
    <Asked query={changes} rows={2}>
      {(said) => (
        <ul className="rules-lines">
          {said.changes.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Asked>
  );
}

import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { useApi, useLanguage } from '../../shell/desk-context.js';
import { useLive } from './use-program.js';

/** What is another from one version, or what is live, to another or the draft; `hash` = of what it becomes. */
export function useDiff(from: 'live' | number, to: 'draft' | number, hash: string) {
  const api = useApi();
  const locale = useLanguage();
  const live = useLive();
  const begun = from === 'live' ? live.data?.version : from;
  return useQuery({
    queryKey: ['program-diff', begun, to, hash, locale],
    enabled: begun !== undefined,
    queryFn: () => answered(api.GET('/api/v1/diff', { params: { query: { from: begun ?? 1, to, locale } } })),
  });
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import { SHOWING } from './showing-words.js';

export type Showing = operations['showing']['responses'][200]['content']['application/json'];

/** How a store shows the program. */
export function useShowing(store: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['showing', store],
    queryFn: () => answered(api.GET('/api/v1/stores/{store}/showing', { params: { path: { store } } })),
  });
}

/** Keeps it, with a way back. */
export function useShow(store: string) {
  const t = useWords(SHOWING);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const show = useMutation({
    mutationFn: ({ now }: { now: Showing; before?: Showing }) =>
      answered(api.PUT('/api/v1/stores/{store}/showing', { params: { path: { store } }, body: now })),
    onSuccess: (kept, { before }) => {
      known.setQueryData(['showing', store], kept);
      tell(t('isKept'), before && { text: t('undo'), act: () => show.mutate({ now: before }) });
    },
  });
  return show;
}

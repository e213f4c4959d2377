import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { useApi } from '../../shell/desk-context.js';
import type { Thing } from '../program/form/form-model.js';
import type { Draft } from '../program/use-program.js';

/** Keeps what a step chose: the draft is where set-up goes on from, whenever that is. */
export function useKeepDraft(draft: Draft | null, next: () => void) {
  const api = useApi();
  const known = useQueryClient();
  return useMutation({
    mutationFn: (file: Thing) => answered(api.PUT('/api/v1/draft', { body: { file, replaces: draft?.hash ?? null } })),
    onSuccess: (kept) => {
      known.setQueryData(['draft'], kept);
      next();
    },
  });
}

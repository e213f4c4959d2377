import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered, ApiError } from '../../api/client.js';
import { useApi } from '../../shell/desk-context.js';
import { asBody, asProgramFile, type ProgramFile } from './program-file.js';

export interface Draft {
  hash: string;
  base: number;
  by: string;
  at: string;
  file: ProgramFile;
}

/** The program in force, and the draft (null = none). */
export interface Programs {
  live: { version: number; published: string; file: ProgramFile };
  draft: Draft | null;
}

export function usePrograms() {
  const api = useApi();
  return useQuery({
    queryKey: ['promotions', 'programs'],
    queryFn: async (): Promise<Programs> => {
      const [live, draft] = await Promise.all([
        answered(api.GET('/api/v1/program')),
        answered(api.GET('/api/v1/draft')).catch((error: unknown) => {
          if (error instanceof ApiError && error.status === 404) return null;
          throw error;
        }),
      ]);
      return {
        live: { ...live, file: asProgramFile(live.file) },
        draft: draft && { ...draft, file: asProgramFile(draft.file) },
      };
    },
  });
}

interface Saving {
  programs: Programs;
  /** What is done to the draft, or to the program in force when there is none. */
  change(file: ProgramFile): ProgramFile;
  /** Another version that it is begun from. */
  base?: number;
}

/** Keeps a draft in the place of the one that was seen: another's work is never lost under it. */
export function useSaveDraft() {
  const api = useApi();
  const known = useQueryClient();
  return useMutation({
    mutationFn: ({ programs: { live, draft }, change, base }: Saving) =>
      answered(
        api.PUT('/api/v1/draft', {
          body: {
            file: asBody(change((draft ?? live).file)),
            replaces: draft?.hash ?? null,
            ...(base !== undefined ? { base } : draft ? {} : { base: live.version }),
          },
        }),
      ),
    onSuccess: () => known.invalidateQueries(),
  });
}

export function useDiscardDraft() {
  const api = useApi();
  const known = useQueryClient();
  return useMutation({
    mutationFn: (hash: string) => answered(api.DELETE('/api/v1/draft', { params: { query: { hash } } })),
    onSuccess: () => known.invalidateQueries(),
  });
}

export const isConflict = (error: Error | null): boolean =>
  error instanceof ApiError && (error.code === 'draft_changed' || error.code === 'draft_outdated');

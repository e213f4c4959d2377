import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import type { paths } from '../../api/schema.js';
import { useApi } from '../../shell/desk-context.js';
import type { LevelFilter } from './level-filter.js';
import type { ReachFilter } from './reach-filter.js';

export type Bulk = paths['/api/v1/bulk-adjustments/{id}']['get']['responses'][200]['content']['application/json'];
/** Some members, or all that the list shows. */
export type Whom = { members: string[] } | { matching: { find?: string } & LevelFilter & ReachFilter };

const ASK_MS = 800;
const isUnderWay = (one: Bulk) => one.progress !== null;

/** The last ones; asked again and again while one is under way. */
export function useBulks() {
  const api = useApi();
  return useQuery({
    queryKey: ['bulks'],
    queryFn: () => answered(api.GET('/api/v1/bulk-adjustments')),
    refetchInterval: ({ state }) => (state.data?.bulks.some(isUnderWay) ? ASK_MS * 2 : false),
  });
}

export function useBulk(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['bulks', id],
    queryFn: () => answered(api.GET('/api/v1/bulk-adjustments/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => {
      if (!state.data) return false;
      // somebody else agrees meanwhile, or does not
      if (state.data.state === 'waiting') return ASK_MS * 5;
      return isUnderWay(state.data) ? ASK_MS : false;
    },
  });
}

/** Counts what it would move; nothing moves yet. */
export function useLooking() {
  const api = useApi();
  return useMutation({
    mutationFn: (wish: { unit: string; points: string; reason: string } & Whom) =>
      answered(api.POST('/api/v1/bulk-adjustments', { body: { ...wish, id: crypto.randomUUID() } })),
  });
}

/** Counts whom it would concern; nothing changes yet. */
export function useLookingAtHold() {
  const api = useApi();
  return useMutation({
    mutationFn: (wish: { hold: boolean; reason: string } & Whom) =>
      answered(api.POST('/api/v1/bulk-holds', { body: { ...wish, id: crypto.randomUUID() } })),
  });
}

/** What can be done with one: each act shows its outcome in it, and in whatever shows points. */
export function useBulkActs(id: string) {
  const api = useApi();
  const known = useQueryClient();
  const params = { path: { id } };
  const onSuccess = async () => {
    await Promise.all(
      [['bulks'], ['adjustment-limits'], ['overview'], ['members'], ['member'], ['member-history']].map((queryKey) =>
        known.invalidateQueries({ queryKey }),
      ),
    );
  };
  return {
    start: useMutation({
      mutationFn: () => answered(api.POST('/api/v1/bulk-adjustments/{id}/start', { params })),
      onSuccess,
    }),
    decide: useMutation({
      mutationFn: (body: { approve: boolean; said: string }) =>
        answered(api.POST('/api/v1/bulk-adjustments/{id}/decision', { params, body })),
      onSuccess,
    }),
    undo: useMutation({
      mutationFn: (reason: string) =>
        answered(api.POST('/api/v1/bulk-adjustments/{id}/undo', { params, body: { reason } })),
      onSuccess,
    }),
    cancel: useMutation({
      mutationFn: () => answered(api.DELETE('/api/v1/bulk-adjustments/{id}', { params })),
      onSuccess,
    }),
  };
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { answered } from '../../api/client.js';
import { useApi, useMay } from '../../shell/desk-context.js';
import type { SimulationAnswer } from './figures.js';
import type { Draft } from './use-programs.js';

const DAYS = 90;
/** A moment after the last edit. */
const AFTER_MS = 1_000;
const ASK_MS = 800;

/** What has happened since it was asked for: it no longer speaks of what would be published. */
export type Stale = 'edited' | 'published' | 'orders' | null;
/** So many new orders, of those that were replayed, may change what it says. */
const MANY = 0.05;

export function staleOf(
  { askedAt, newOrders, report }: Pick<SimulationAnswer, 'askedAt' | 'newOrders' | 'report'>,
  draft: Draft,
  published: string,
): Stale {
  if (Date.parse(draft.at) > Date.parse(askedAt)) return 'edited';
  if (Date.parse(published) > Date.parse(askedAt)) return 'published';
  return report !== null && newOrders > report.orders.counted * MANY ? 'orders' : null;
}

const isUnderWay = (one: SimulationAnswer | undefined): boolean =>
  one?.status === 'waiting' || one?.status === 'running';

/**
 * The newest simulation of the shop's own past, also one that was stopped or failed; and whose report there is to read: its own, else
 * that of one before it which still speaks of this draft. It begins by itself when there is none of this draft.
 */
export function useSimulation(draft: Draft, published: string) {
  const api = useApi();
  const known = useQueryClient();
  const may = useMay()('edit-drafts');
  const newest = useQuery({
    queryKey: ['promotions', 'simulations'],
    queryFn: async () => {
      const { simulations } = await answered(api.GET('/api/v1/simulations'));
      return {
        newest: simulations[0]?.id ?? null,
        done: simulations.find(({ status }) => status === 'done')?.id ?? null,
      };
    },
  });
  const id = newest.data?.newest ?? null;
  const one = useOne(id);
  const before = useOne(one.data?.report === null ? (newest.data?.done ?? null) : null).data;
  const begin = useMutation({
    mutationFn: (made: { members: number } | null) =>
      answered(api.POST('/api/v1/simulations', { body: made ? { made: { ...made, seed: 1 } } : { days: DAYS } })),
    onSuccess: ({ id: begun }) =>
      known.setQueryData(['promotions', 'simulations'], { newest: begun, done: newest.data?.done ?? null }),
  });
  const stop = useMutation({
    mutationFn: (which: string) =>
      answered(api.DELETE('/api/v1/simulations/{id}', { params: { path: { id: which } } })),
    onSuccess: () => known.invalidateQueries({ queryKey: ['promotions', 'simulation'] }),
  });
  const simulation = one.data ?? null;
  const stale = simulation && staleOf(simulation, draft, published);
  const wanted = may && newest.isSuccess && !begin.isPending && (id === null || stale === 'edited');
  useStartOnce(wanted ? draft.hash : null, () => begin.mutate(null));
  const shown = simulation?.report
    ? simulation
    : before && staleOf(before, draft, published) !== 'edited'
      ? before
      : null;
  return { simulation, shown, stale, begin, stop, failure: newest.error ?? one.error, underWay: isUnderWay(one.data) };
}

/** One simulation, asked for until it has ended. */
function useOne(id: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: ['promotions', 'simulation', id],
    enabled: id !== null,
    queryFn: () => answered(api.GET('/api/v1/simulations/{id}', { params: { path: { id: id ?? '' } } })),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? ASK_MS : false),
  });
}

/** Once for each draft: what was stopped by hand does not begin again by itself. */
function useStartOnce(hash: string | null, start: () => void) {
  const begun = useRef<string | null>(null);
  useEffect(() => {
    if (hash === null || begun.current === hash) return;
    const timer = setTimeout(() => {
      begun.current = hash;
      start();
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [hash]);
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { failureText } from '../../kit/asked.js';
import { useToast } from '../../kit/toasts.js';
import { KIT } from '../../kit/words.js';
import { useApi, useDesk, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { ADJUST } from './adjust-words.js';
import { MEMBERS } from './words.js';

export type Adjustment =
  operations['adjustments']['responses'][200]['content']['application/json']['adjustments'][number];

/** What the reader may give or take: nothing = without limit. */
export function useMyLimits() {
  const { api, me } = useDesk();
  const { data } = useQuery({
    queryKey: ['adjustment-limits'],
    queryFn: () => answered(api.GET('/api/v1/adjustment-limits')),
  });
  if (!data || data.left === null) return null;
  const mine = data.limits.find(({ role }) => role === me.role);
  return mine ? { ...mine, left: data.left } : null;
}

/** What was asked of one member and did not, or not yet, become a line of theirs; and whose the lines by hand are. */
export function useAdjustmentsOf(member: string) {
  const api = useApi();
  const may = useMay();
  return useQuery({
    queryKey: ['adjustments', member],
    queryFn: () => answered(api.GET('/api/v1/adjustments', { params: { query: { member, limit: 100 } } })),
    enabled: may('adjust-points'),
  });
}

/** After points moved by hand, or may move: what is shown of them is asked for anew. */
export function useAskAnew() {
  const known = useQueryClient();
  return async (member: string) => {
    await Promise.all(
      [['member', member], ['member-history', member], ['adjustments'], ['adjustment-limits'], ['overview']].map(
        (queryKey) => known.invalidateQueries({ queryKey }),
      ),
    );
  };
}

/** Takes an adjustment back, or withdraws what waits; says what was done. */
export function useUndoing(member: string) {
  const t = useWords(ADJUST);
  const k = useWords(KIT);
  const api = useApi();
  const format = useFormat();
  const tell = useToast();
  const anew = useAskAnew();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; points: string; reason: string }) =>
      answered(
        api.POST('/api/v1/members/{id}/adjustments/{adjustment}/undo', {
          params: { path: { id: member, adjustment: id } },
          body: { reason: t('undone', { reason }).slice(0, 500) },
        }),
      ),
    onSuccess: async ({ state }, { points }) => {
      tell(state === 'withdrawn' ? t('withdrawn') : t('takenBack', { points: format.signed(-Number(points)) }));
      await anew(member);
    },
    onError: (error) => tell(failureText(error, k)),
  });
}

/** Gives or takes, or asks for it; with the way back. */
export function useAdjusting(
  member: string,
  wish: { unit: string; points: string; reason: string },
  onDone: () => void,
) {
  const t = useWords(MEMBERS);
  const a = useWords(ADJUST);
  const api = useApi();
  const format = useFormat();
  const tell = useToast();
  const anew = useAskAnew();
  const undoing = useUndoing(member);
  // sent again after a failure it is the same act
  const act = useMemo(() => `desk-${crypto.randomUUID()}`, []);
  return useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/v1/members/{id}/adjustments', { params: { path: { id: member } }, body: { ...wish, id: act } }),
      ),
    onSuccess: async ({ state }) => {
      const points = format.signed(wish.points);
      tell(state === 'waiting' ? a('asked', { points }) : t('adjusted', { points }), {
        text: a(state === 'waiting' ? 'withdraw' : 'undo'),
        act: () => undoing.mutate({ id: act, points: wish.points, reason: wish.reason }),
      });
      onDone();
      await anew(member);
    },
  });
}

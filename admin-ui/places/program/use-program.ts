import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, ApiError } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { useApi, useLanguage } from '../../shell/desk-context.js';
import type { Schema, Thing } from './form/form-model.js';
import type { Fault } from './problem-list.js';

type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;
export type Preview = Json<operations['previewProgram']['responses'][200]>;
export type PreviewWish = Json<NonNullable<operations['previewProgram']['requestBody']>>;
export type Draft = Json<operations['draft']['responses'][200]>;
export type Tried = NonNullable<Preview['order']>;

/** The program that is live, as a file. */
export function useLive() {
  const api = useApi();
  return useQuery({ queryKey: ['program'], queryFn: () => answered(api.GET('/api/v1/program')) });
}

/** The draft; null = nothing is worked on. */
export function useDraft() {
  const api = useApi();
  return useQuery({
    queryKey: ['draft'],
    queryFn: () =>
      answered(api.GET('/api/v1/draft')).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }),
  });
}

/** The schema that forms are drawn from, and what its words are called; neither changes while the desk is open. */
export function useFormat() {
  const api = useApi();
  const locale = useLanguage();
  return useQuery({
    queryKey: ['program-format', locale],
    staleTime: Infinity,
    queryFn: async () => {
      const [schema, { words }] = await Promise.all([
        answered(api.GET('/api/v1/program-schema')),
        answered(api.GET('/api/v1/program-words', { params: { query: { locale } } })),
      ]);
      return { schema: schema as Schema, words };
    },
  });
}

/** What a program says and gives; the answer before stays while the next is asked for. Null asks nothing. */
export function usePreview(wish: (Omit<PreviewWish, 'locale' | 'lastOrders'> & { lastOrders?: number }) | null) {
  const api = useApi();
  const locale = useLanguage();
  return useQuery({
    queryKey: ['preview', locale, wish],
    enabled: wish !== null,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answered(api.POST('/api/v1/preview', { body: { of: { kind: 'live' }, lastOrders: 0, ...wish, locale } })),
  });
}

/** A value once it has rested: what is typed is not asked for letter by letter. */
export function useRested<T>(value: T, ms = 400): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/** What the service found wrong with a file, by where in the file. */
export function problemsOf(error: Error | null): Fault[] {
  const found = error instanceof ApiError ? error.details['problems'] : null;
  return Array.isArray(found) ? (found as Fault[]) : [];
}

/** All ids that a program has given: a new thing needs another. */
export function idsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { id } = value as Thing;
  return [...(typeof id === 'string' ? [id] : []), ...Object.values(value).flatMap(idsOf)];
}

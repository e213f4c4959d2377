import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answered } from '../../../api/client.js';
import type { paths } from '../../../api/schema.js';
import { useApi } from '../../../shell/desk-context.js';

export type ImportAnswer =
  paths['/api/v1/imports/{id}']['get']['responses'][200]['content']['application/json'];
export type ImportsAnswer = paths['/api/v1/imports']['get']['responses'][200]['content']['application/json'];
export type MappingWish = NonNullable<
  paths['/api/v1/imports/{id}/mapping']['put']['requestBody']
>['content']['application/json'];
export type ImportState = ImportAnswer['state'];

const ASK_MS = 800;
const isUnderWay = (state: ImportState | undefined) =>
  state === 'checking' || state === 'importing' || state === 'undoing';

/** The last imports and where files come from. */
export function useImports() {
  const api = useApi();
  return useQuery({
    queryKey: ['imports'],
    queryFn: () => answered(api.GET('/api/v1/imports')),
    refetchInterval: ({ state }) => (state.data?.imports.some((one) => isUnderWay(one.state)) ? ASK_MS * 2 : false),
  });
}

/** One import; asked again and again while something is under way. */
export function useImport(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['imports', id],
    queryFn: () => answered(api.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? ASK_MS : false),
  });
}

/** What can be done with one: each act shows its outcome in the import itself. */
export function useImportActs(id: string) {
  const api = useApi();
  const known = useQueryClient();
  const params = { path: { id } };
  const onSuccess = () => known.invalidateQueries({ queryKey: ['imports'] });
  return {
    check: useMutation({
      mutationFn: (body: MappingWish) => answered(api.PUT('/api/v1/imports/{id}/mapping', { params, body })),
      onSuccess,
    }),
    start: useMutation({
      mutationFn: () => answered(api.POST('/api/v1/imports/{id}/start', { params })),
      onSuccess,
    }),
    undo: useMutation({
      mutationFn: () => answered(api.POST('/api/v1/imports/{id}/undo', { params })),
      onSuccess,
    }),
    cancel: useMutation({
      mutationFn: () => answered(api.DELETE('/api/v1/imports/{id}', { params })),
      onSuccess,
    }),
  };
}

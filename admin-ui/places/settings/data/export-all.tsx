import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answered } from '../../../api/client.js';
import type { paths } from '../../../api/schema.js';
import { Asked, failureText } from '../../../kit/asked.js';
import { Button } from '../../../kit/button.js';
import { Checkbox } from '../../../kit/fields.js';
import { Card, Note } from '../../../kit/page.js';
import { Progress } from '../../../kit/progress.js';
import { Table } from '../../../kit/table.js';
import { useToast } from '../../../kit/toasts.js';
import { KIT } from '../../../kit/words.js';
import { useApi, useFormat, useWords } from '../../../shell/desk-context.js';
import { TAKE } from './export-words.js';

type Export = paths['/api/v1/exports']['get']['responses'][200]['content']['application/json']['exports'][number];

const ASK_MS = 1_000;
const KEY = ['exports'];

/** Everything of the program in one file: made by the service while one does something else, and fetched when it is there. */
export function ExportAll() {
  const t = useWords(TAKE);
  const k = useWords(KIT);
  const api = useApi();
  const tell = useToast();
  const known = useQueryClient();
  const [people, setPeople] = useState(false);
  const exports = useQuery({
    queryKey: KEY,
    queryFn: () => answered(api.GET('/api/v1/exports')),
    refetchInterval: ({ state }) => (state.data?.exports.some((one) => one.state === 'making') ? ASK_MS : false),
  });
  const make = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/exports', { body: { people } })),
    onSettled: () => known.invalidateQueries({ queryKey: KEY }),
    onError: (error) => tell(failureText(error, k)),
  });
  const making = exports.data?.exports.find(({ state }) => state === 'making');
  const isReady = exports.data?.exports.some(({ state }) => state === 'done') ?? false;
  useSayWhenOver(exports.data?.exports);
  const earlier = exports.data?.exports.filter(({ state }) => state !== 'making') ?? [];
  return (
    <Card title={t('title')}>
      <p className="lead">{t('lead')}</p>
      <Asked query={exports}>
        {() =>
          making ? (
            <Making one={making} />
          ) : (
            <div className="form">
              <Checkbox isSelected={people} onChange={setPeople}>
                {t('people')}
              </Checkbox>
              <Note>{t('peopleHelp')}</Note>
              <div>
                <Button look={isReady ? 'plain' : 'primary'} isDisabled={make.isPending} onPress={() => make.mutate()}>
                  {t('make')}
                </Button>
              </div>
            </div>
          )
        }
      </Asked>
      {earlier.length > 0 && <Earlier all={earlier} />}
    </Card>
  );
}

/** Somebody did something else meanwhile: says that the file is there, or that there is none. */
function useSayWhenOver(all: readonly Export[] | undefined) {
  const t = useWords(TAKE);
  const tell = useToast();
  const made = useRef<string | null>(null);
  useEffect(() => {
    const over = all?.find(({ id }) => id === made.current);
    if (over?.state === 'done') tell(t('isReady'));
    if (over?.state === 'failed') tell(t('isFailed'));
    if (all) made.current = all.find(({ state }) => state === 'making')?.id ?? null;
  }, [all]);
}

function useEnding() {
  const api = useApi();
  const known = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => answered(api.DELETE('/api/v1/exports/{id}', { params: { path: { id } } })),
    onSettled: () => known.invalidateQueries({ queryKey: KEY }),
  });
}

function Making({ one: { id, progress, rows } }: { one: Export }) {
  const t = useWords(TAKE);
  const format = useFormat();
  const end = useEnding();
  return (
    <div className="form">
      <Progress label={progress === null ? t('counting') : t('making', { done: format.number(rows) })} share={progress} />
      <div>
        <Button isDisabled={end.isPending} onPress={() => end.mutate(id)}>
          {t('stop')}
        </Button>
      </div>
    </div>
  );
}

function Earlier({ all }: { all: readonly Export[] }) {
  const t = useWords(TAKE);
  const format = useFormat();
  const end = useEnding();
  const size = (bytes: number) => `${format.number(Math.max(1, Math.round(bytes / 1024)))} kB`;
  return (
    <Table
      label={t('earlier')}
      stack
      rows={all}
      rowKey={({ id }) => id}
      columns={[
        { key: 'when', head: t('when'), cell: ({ askedAt }) => format.moment(askedAt) },
        {
          key: 'state',
          head: t('state'),
          cell: ({ state, ends, people }) => (
            <div>
              {t(`state_${state}`, { ends: ends === null ? '' : format.day(ends) })}
              {state === 'done' && `, ${t(people ? 'withPeople' : 'without')}`}
              {state === 'failed' && (
                <>
                  <br />
                  <small>{t('failedMore')}</small>
                </>
              )}
            </div>
          ),
        },
        {
          key: 'holds',
          head: t('holds'),
          cell: ({ state, rows, bytes }) =>
            state === 'done' ? t('rows', { rows: format.number(rows), size: size(bytes) }) : '',
        },
        {
          key: 'acts',
          head: '',
          cell: (one) => (
            <span className="field-line">
              {one.state === 'done' && <Fetch one={one} />}
              <Button isDisabled={end.isPending} onPress={() => end.mutate(one.id)}>
                {t('remove')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

function Fetch({ one: { id, askedAt } }: { one: Export }) {
  const t = useWords(TAKE);
  const k = useWords(KIT);
  const api = useApi();
  const tell = useToast();
  const fetching = useMutation({
    mutationFn: () => answered(api.GET('/api/v1/exports/{id}/file', { params: { path: { id } }, parseAs: 'blob' })),
    onSuccess: (file) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file as unknown as Blob);
      link.download = `tallymark-${askedAt.slice(0, 10)}.zip`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
    onError: (error) => tell(failureText(error, k)),
  });
  return (
    <Button look="primary" isDisabled={fetching.isPending} onPress={() => fetching.mutate()}>
      {t(fetching.isPending ? 'fetching' : 'fetch')}
    </Button>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Menu, type MenuEntry } from '../../kit/menu.js';
import { useToast } from '../../kit/toasts.js';
import { type Command, useCommands } from '../../shell/commands.js';
import { useApi, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import type { Promotion } from './program-file.js';
import type { Programs } from './use-programs.js';
import { PROMOTIONS } from './words.js';

type Act = 'pause' | 'resume' | 'stop';
const PATHS = {
  pause: '/api/v1/promotions/{id}/pause',
  resume: '/api/v1/promotions/{id}/resume',
  stop: '/api/v1/promotions/{id}/stop',
} as const;

interface ActsProps {
  promotion: Promotion;
  name: string;
  state: 'paused' | 'open' | 'waiting' | 'over';
  programs: Programs;
}

/** What can be done to a promotion at once. Points that were given stay with their members, whatever is done. */
export function Acts({ promotion, name, state, programs }: ActsProps) {
  const t = useWords(PROMOTIONS);
  const may = useMay();
  const go = useNavigate();
  const [ending, setEnding] = useState(false);
  const { act, back } = useActs(promotion.id, name, programs);
  const entries: MenuEntry[] = [
    ...(may('edit-drafts')
      ? [
          { id: 'edit', text: t('edit'), act: () => void go(`/promotions/edit/${encodeURIComponent(promotion.id)}`) },
          {
            id: 'copy',
            text: t('copy'),
            act: () => void go(`/promotions/new?copy=${encodeURIComponent(promotion.id)}`),
          },
          {
            id: 'copy-year',
            text: t('copyYear'),
            act: () => void go(`/promotions/new?years=1&copy=${encodeURIComponent(promotion.id)}`),
          },
        ]
      : []),
    ...(may('run-promotions') && state !== 'over'
      ? [{ id: 'end', text: t('end'), danger: true, act: () => setEnding(true) }]
      : []),
  ];
  const pausing = state === 'paused' ? 'resume' : 'pause';
  const canPause = may('run-promotions') && state !== 'over';
  usePauseCommand(canPause ? `${t(pausing)}: ${name}` : null, () => act.mutate(pausing));
  return (
    <>
      {canPause && (
        <Button isPending={act.isPending} onPress={() => act.mutate(pausing)} aria-label={`${t(pausing)}: ${name}`}>
          {t(pausing)}
        </Button>
      )}
      {entries.length > 0 && (
        <Menu label={<span aria-label={t('moreOf', { name })}>{t('more')}</span>} entries={entries} />
      )}
      {[act, back].map(({ error }, at) => error && <Failed key={at} error={error} />)}
      {ending && (
        <Ending
          promotion={promotion}
          name={name}
          onClose={() => setEnding(false)}
          onNow={() => {
            act.mutate('stop');
            setEnding(false);
          }}
        />
      )}
    </>
  );
}

/** The palette names it: "Pause: Double Saturday". */
function usePauseCommand(text: string | null, act: () => void) {
  const t = useWords(PROMOTIONS);
  const commands = useMemo<Command[]>(
    () => (text === null ? [] : [{ id: text, text, group: t('title'), act }]),
    // what it does is the same as long as it is called the same
    [text],
  );
  useCommands(commands);
}

const DONE = { pause: 'pausedNow', resume: 'resumedNow', stop: 'stoppedNow' } as const;

/** Pausing and resuming undo each other; an end is undone by going back to the version before it. */
function useActs(id: string, name: string, { live }: Programs) {
  const t = useWords(PROMOTIONS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const may = useMay();
  const back = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/rollback', { body: { version: live.version } })),
    onSuccess: async () => {
      await known.invalidateQueries();
      tell(t('backNow', { name }));
    },
  });
  const act = useMutation({
    mutationFn: (what: Act) => answered(api.POST(PATHS[what], { params: { path: { id } } })),
    onSuccess: async (_, what) => {
      await known.invalidateQueries();
      const other = what === 'pause' ? 'resume' : 'pause';
      const undo = what === 'stop' ? (may('publish') ? () => back.mutate() : null) : () => act.mutate(other);
      tell(t(DONE[what], { name }), undo ? { text: t('undo'), act: undo } : undefined);
    },
  });
  return { act, back };
}

interface EndingProps {
  promotion: Promotion;
  name: string;
  onClose(): void;
  onNow(): void;
}

function Ending({ promotion, name, onClose, onNow }: EndingProps) {
  const t = useWords(PROMOTIONS);
  const api = useApi();
  const format = useFormat();
  const known = useQueryClient();
  const tell = useToast();
  const [to, setTo] = useState('');
  const plan = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/api/v1/promotions/{id}/schedule', {
          params: { path: { id: promotion.id } },
          // one without a beginning has run since before there was anything to give for
          body: { from: promotion.when?.from ?? '2000-01-01T00:00', to },
        }),
      ),
    onSuccess: async () => {
      await known.invalidateQueries();
      tell(t('endsThen', { name, at: `${format.date(to.slice(0, 10))}, ${to.slice(11, 16)}` }));
      onClose();
    },
  });
  return (
    <Dialog
      title={`${t('end')}: ${name}`}
      open
      onClose={onClose}
      actions={
        to === '' ? (
          <Button look="danger" onPress={onNow}>
            {t('endNow')}
          </Button>
        ) : (
          <Button look="danger" isPending={plan.isPending} onPress={() => plan.mutate()}>
            {t('endThen')}
          </Button>
        )
      }
    >
      {plan.isError && <Failed error={plan.error} />}
      <p>{t('endSure')}</p>
      <Field
        label={t('endAt')}
        type="datetime-local"
        value={to}
        onChange={setTo}
        help={t('shopTime', { zone: format.zone })}
      />
    </Dialog>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import type { Person } from './member-page.js';
import { MEMBERS } from './words.js';

interface Props {
  person: Person;
  onClose(): void;
}

/** On hold, or back again, with a reason for the log. */
export function Block({ person, onClose }: Props) {
  const t = useWords(MEMBERS);
  const api = useApi();
  const tell = useToast();
  const known = useQueryClient();
  const blocked = person.status !== 'blocked';
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: () =>
      answered(
        api.PUT('/api/v1/members/{id}/blocked', { params: { path: { id: person.id } }, body: { blocked, reason } }),
      ),
    onSuccess: async () => {
      tell(t(blocked ? 'held' : 'released'));
      await known.invalidateQueries({ queryKey: ['member', person.id] });
      onClose();
    },
  });
  const title = t(blocked ? 'hold' : 'release');
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <Button
          look="danger"
          isDisabled={reason.trim() === ''}
          isPending={send.isPending}
          onPress={() => send.mutate()}
        >
          {title}
        </Button>
      }
    >
      {send.isError && <Failed error={send.error} />}
      <p>{t(blocked ? 'holdMeans' : 'releaseMeans')}</p>
      <Field label={t('reason')} autoFocus value={reason} onChange={setReason} />
    </Dialog>
  );
}

/** Forgets who they are; their code is typed so that nobody is erased by a slip. */
export function Erase({ person, onClose }: Props) {
  const t = useWords(MEMBERS);
  const api = useApi();
  const tell = useToast();
  const known = useQueryClient();
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: () =>
      answered(
        api.DELETE('/api/v1/members/{id}', { params: { path: { id: person.id }, query: { code: person.code } } }),
      ),
    onSuccess: async () => {
      tell(t('erasedNow'));
      history.back();
      await known.invalidateQueries({ queryKey: ['members'] });
    },
  });
  return (
    <Dialog
      title={t('erase')}
      open
      onClose={onClose}
      actions={
        <Button
          look="danger"
          isDisabled={code.trim().toUpperCase() !== person.code}
          isPending={send.isPending}
          onPress={() => send.mutate()}
        >
          {t('erase')}
        </Button>
      }
    >
      {send.isError && <Failed error={send.error} />}
      <p>{t('eraseMeans')}</p>
      <Field label={t('typeCode', { code: person.code })} autoFocus value={code} onChange={setCode} />
    </Dialog>
  );
}

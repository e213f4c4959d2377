import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import type { Person } from './member-page.js';
import { PERSON } from './person-words.js';
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

/** What goes and what stays, of this member. */
function Held({ id }: { id: string }) {
  const t = useWords(PERSON);
  const m = useWords(MEMBERS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['member-held', id],
    queryFn: () => answered(api.GET('/api/v1/members/{id}/held', { params: { path: { id } } })),
    gcTime: 0,
  });
  return (
    <div className="stack">
      <p>{m('eraseMeans')}</p>
      <Asked query={query} rows={4}>
        {({ customers, orders, answers, lines }) => (
          <div className="halves">
            <div>
              <h3>{t('goes')}</h3>
              <ul>
                <li>{t('goesPerson')}</li>
                {customers > 0 && <li>{t('goesCustomers', { n: customers })}</li>}
                {orders > 0 && <li>{t('goesOrders', { n: orders })}</li>}
                {answers > 0 && <li>{t('goesAnswers', { n: answers })}</li>}
              </ul>
            </div>
            <div>
              <h3>{t('stays')}</h3>
              <ul>
                <li>{t('staysLines', { n: lines })}</li>
                {orders > 0 && <li>{t('staysOrders', { n: orders })}</li>}
              </ul>
            </div>
          </div>
        )}
      </Asked>
      <Note tone="bad">
        <strong>{t('irreversible')}</strong> {t('shopToo')}
      </Note>
    </div>
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
      wide
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
      <Held id={person.id} />
      <Field label={t('typeCode', { code: person.code })} autoFocus value={code} onChange={setCode} />
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Badge, Card, Empty, Note } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { SETTINGS } from './words.js';

interface Key {
  id: string;
  name: string;
  created: string;
  used: string | null;
  revoked: string | null;
}

/** The keys of the owner's own software. */
export function Keys() {
  const t = useWords(SETTINGS);
  const api = useApi();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Key | null>(null);
  const query = useQuery({ queryKey: ['keys'], queryFn: () => answered(api.GET('/api/v1/api-keys')) });
  const make = (
    <Button look="primary" onPress={() => setMaking(true)}>
      {t('newKey')}
    </Button>
  );
  return (
    <Card title={t('keys')} actions={query.data && query.data.keys.length > 0 && make}>
      <p className="lead">{t('keyLead')}</p>
      <Asked query={query}>
        {({ keys }) =>
          keys.length === 0 ? (
            <Empty title={t('noKeys')} action={make}>
              {t('noKeysMore')}
            </Empty>
          ) : (
            <KeyTable keys={keys} onEnd={setEnding} />
          )
        }
      </Asked>
      {making && <NewKey onClose={() => setMaking(false)} />}
      {ending && <Ending of={ending} onClose={() => setEnding(null)} />}
    </Card>
  );
}

function KeyTable({ keys, onEnd }: { keys: readonly Key[]; onEnd(key: Key): void }) {
  const t = useWords(SETTINGS);
  const format = useFormat();
  return (
    <Table
      label={t('keys')}
      rows={keys}
      rowKey={({ id }) => id}
      columns={[
        { key: 'name', head: t('keyName'), cell: ({ name }) => name },
        { key: 'made', head: t('made'), wide: true, cell: ({ created }) => format.day(created) },
        { key: 'used', head: t('used'), cell: ({ used }) => (used === null ? t('never') : format.moment(used)) },
        {
          key: 'end',
          head: '',
          cell: (key) =>
            key.revoked === null ? (
              <Button look="quiet" onPress={() => onEnd(key)} aria-label={`${t('revoke')}: ${key.name}`}>
                {t('revoke')}
              </Button>
            ) : (
              <Badge>{t('revoked', { at: format.day(key.revoked) })}</Badge>
            ),
        },
      ]}
    />
  );
}

function NewKey({ onClose }: { onClose(): void }) {
  const t = useWords(SETTINGS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const [name, setName] = useState('');
  const make = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/api-keys', { body: { name } })),
    onSuccess: () => known.invalidateQueries({ queryKey: ['keys'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Dialog title={t('newKey')} open onClose={onClose}>
      {make.isError && <Failed error={make.error} />}
      {make.data ? (
        <>
          <Note tone="accent">{t('keyMade')}</Note>
          <p>
            <code>{make.data.text}</code>
          </p>
          <Button
            look="primary"
            onPress={() => void navigator.clipboard.writeText(make.data.text).then(() => tell(t('copied')))}
          >
            {t('copy')}
          </Button>
        </>
      ) : (
        <form className="form" onSubmit={send}>
          <Field label={t('keyName')} isRequired autoFocus value={name} onChange={setName} />
          <Button look="primary" type="submit" isPending={make.isPending}>
            {t('newKey')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}

function Ending({ of, onClose }: { of: Key; onClose(): void }) {
  const t = useWords(SETTINGS);
  const api = useApi();
  const known = useQueryClient();
  const end = useMutation({
    mutationFn: () => answered(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: of.id } } })),
    onSuccess: (now) => {
      known.setQueryData(['keys'], now);
      onClose();
    },
  });
  return (
    <Dialog
      title={`${t('revoke')}: ${of.name}`}
      open
      onClose={onClose}
      actions={
        <Button look="danger" isPending={end.isPending} onPress={() => end.mutate()}>
          {t('revoke')}
        </Button>
      }
    >
      {end.isError && <Failed error={end.error} />}
      <p>{t('revokeSure', { name: of.name })}</p>
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Choices, Field, Select } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { type Column, Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { KIT } from '../../kit/words.js';
import { useApi, useDesk, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { inFront, type Language, LANGUAGES } from '../../words/words.js';
import { SETTINGS } from './words.js';

const ROLES = ['owner', 'admin', 'support', 'till', 'read-only'] as const;
type Role = (typeof ROLES)[number];
interface Person {
  id: string;
  email: string | null;
  name: string;
  role: Role;
  seen: string | null;
  enrolled: number;
}

/** A role by its name, and what it may do in a sentence. */
function useRoles(): { value: Role; text: string; more: string }[] {
  const t = useWords(SETTINGS);
  const kit = useWords(KIT);
  const language = useLanguage();
  return ROLES.map((value) => ({
    value,
    text: inFront(kit(`role_${value}`), language),
    more: t(`may_${value}`),
  }));
}

/** Who works with the program: invited by mail, each under a role. */
export function Staff() {
  const t = useWords(SETTINGS);
  const api = useApi();
  const mine = useMay()('manage-staff');
  const [inviting, setInviting] = useState(false);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const query = useQuery({ queryKey: ['staff'], queryFn: () => answered(api.GET('/api/v1/staff')) });
  return (
    <Card
      title={t('staff')}
      actions={
        mine && (
          <Button look="primary" onPress={() => setInviting(true)}>
            {t('invite')}
          </Button>
        )
      }
    >
      <p className="lead">{t('staffLead')}</p>
      <Asked query={query} rows={4}>
        {({ staff }) => <People staff={staff} mine={mine} onRemove={setLeaving} />}
      </Asked>
      {inviting && <Invite onClose={() => setInviting(false)} />}
      {leaving && <Removing person={leaving} onClose={() => setLeaving(null)} />}
    </Card>
  );
}

function People({
  staff,
  mine,
  onRemove,
}: {
  staff: readonly Person[];
  mine: boolean;
  onRemove(person: Person): void;
}) {
  const t = useWords(SETTINGS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const kit = useWords(KIT);
  const change = useMutation({
    mutationFn: ({ id, role }: Person) =>
      answered(api.PUT('/api/v1/staff/{id}', { params: { path: { id } }, body: { role } })),
    onSuccess: (now, { name, role }) => {
      known.setQueryData(['staff'], now);
      tell(t('roleChanged', { name, role: kit(`role_${role}`) }));
    },
  });
  return (
    <>
      {change.isError && <Failed error={change.error} />}
      <Table
        label={t('staff')}
        stack
        rows={staff}
        rowKey={({ id }) => id}
        columns={usePeopleColumns(mine, change.mutate, onRemove)}
      />
    </>
  );
}

function usePeopleColumns(
  mine: boolean,
  change: (person: Person) => void,
  onRemove: (person: Person) => void,
): Column<Person>[] {
  const t = useWords(SETTINGS);
  const format = useFormat();
  const { me } = useDesk();
  const roles = useRoles();
  const roleOf = (person: Person) => roles.find(({ value }) => value === person.role);
  return [
    {
      key: 'name',
      head: t('name'),
      cell: ({ name, email }) => (
        <span>
          {name}
          <br />
          <small>{email ?? t('byShop')}</small>
        </span>
      ),
    },
    {
      key: 'role',
      head: t('role'),
      cell: (person) =>
        mine && person.id !== me.id ? (
          <Select
            label={t('role')}
            value={person.role}
            onChange={(role) => change({ ...person, role })}
            options={roles}
            help={roleOf(person)?.more}
          />
        ) : (
          <span>
            {roleOf(person)?.text}
            <br />
            <small>{roleOf(person)?.more}</small>
          </span>
        ),
    },
    {
      key: 'seen',
      head: t('seen'),
      wide: true,
      cell: ({ seen }) => (seen === null ? t('never') : format.moment(seen)),
    },
    { key: 'enrolled', head: t('enrolled'), figure: true, wide: true, cell: ({ enrolled }) => format.number(enrolled) },
    ...(mine
      ? [
          {
            key: 'remove',
            head: '',
            cell: (person: Person) =>
              person.id !== me.id && (
                <Button look="quiet" onPress={() => onRemove(person)} aria-label={`${t('remove')}: ${person.name}`}>
                  {t('remove')}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

function Removing({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useWords(SETTINGS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const remove = useMutation({
    mutationFn: () => answered(api.DELETE('/api/v1/staff/{id}', { params: { path: { id: person.id } } })),
    onSuccess: (now) => {
      known.setQueryData(['staff'], now);
      tell(t('removed', { name: person.name }));
      onClose();
    },
  });
  return (
    <Dialog
      title={`${t('remove')}: ${person.name}`}
      open
      onClose={onClose}
      actions={
        <Button look="danger" isPending={remove.isPending} onPress={() => remove.mutate()}>
          {t('remove')}
        </Button>
      }
    >
      {remove.isError && <Failed error={remove.error} />}
      <p>{t('removeSure', { name: person.name })}</p>
    </Dialog>
  );
}

function Invite({ onClose }: { onClose(): void }) {
  const t = useWords(SETTINGS);
  const { api, me } = useDesk();
  const known = useQueryClient();
  const tell = useToast();
  const roles = useRoles();
  const [wish, setWish] = useState({ name: '', email: '', role: 'support' as Role, language: me.language as Language });
  const invite = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/staff', { body: wish })),
    onSuccess: (now) => {
      known.setQueryData(['staff'], now);
      tell(t('invited', { name: wish.name, email: wish.email }));
      onClose();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <Dialog title={t('invite')} open onClose={onClose}>
      <form className="form" onSubmit={send}>
        {invite.isError && <Failed error={invite.error} />}
        <Field
          label={t('name')}
          isRequired
          autoFocus
          value={wish.name}
          onChange={(name) => setWish({ ...wish, name })}
        />
        <Field
          label={t('email')}
          type="email"
          isRequired
          value={wish.email}
          onChange={(email) => setWish({ ...wish, email })}
        />
        <Choices label={t('role')} value={wish.role} onChange={(role) => setWish({ ...wish, role })} options={roles} />
        <Select
          label={t('language')}
          value={wish.language}
          onChange={(language) => setWish({ ...wish, language })}
          options={Object.entries(LANGUAGES).map(([value, text]) => ({ value: value as Language, text }))}
        />
        <Button look="primary" type="submit" isPending={invite.isPending}>
          {t('save')}
        </Button>
      </form>
    </Dialog>
  );
}

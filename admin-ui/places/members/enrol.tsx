import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Checkbox, Field } from '../../kit/fields.js';
import { Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import { PERSON } from './person-words.js';
import { MEMBERS } from './words.js';

/** Makes somebody a member who asks for it at the counter; whoever is one already is shown instead. */
export function Enrol({ onClose }: { onClose(): void }) {
  const t = useWords(PERSON);
  const m = useWords(MEMBERS);
  const [who, setWho] = useState({ name: '', email: '', phone: '' });
  const [asked, setAsked] = useState(false);
  const enrol = useEnrolling(who, onClose);
  const known = enrol.error instanceof ApiError && enrol.error.code === 'maybe_known' ? enrol.error : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    enrol.mutate(false);
  };
  return (
    <Dialog title={t('enrol')} open onClose={onClose}>
      <form className="form" onSubmit={send}>
        <p className="lead">{t('enrolLead')}</p>
        {enrol.isError && known === null && <Failed error={enrol.error} />}
        <Field label={m('name')} autoFocus value={who.name} onChange={(name) => setWho({ ...who, name })} />
        <Field
          label={m('email')}
          type="email"
          value={who.email}
          onChange={(email) => setWho({ ...who, email: email.trim() })}
        />
        <Field label={t('phone')} type="tel" value={who.phone} onChange={(phone) => setWho({ ...who, phone })} />
        <Checkbox isSelected={asked} onChange={setAsked}>
          {t('theyAsked')}
        </Checkbox>
        {known && (
          <Note tone="warning" alert>
            <p>{t('phoneTaken')}</p>
            <div className="actions">
              {firstOf(known) !== undefined && <LinkButton to={`/members/${firstOf(known)}`}>{t('lookAt')}</LinkButton>}
              <Button isPending={enrol.isPending} onPress={() => enrol.mutate(true)}>
                {t('another')}
              </Button>
            </div>
          </Note>
        )}
        <Button
          look="primary"
          type="submit"
          isDisabled={!asked || who.email + who.phone.trim() === ''}
          isPending={enrol.isPending}
        >
          {t('enrolAct')}
        </Button>
      </form>
    </Dialog>
  );
}

const firstOf = ({ details }: ApiError): string | undefined => {
  const { members } = details;
  return Array.isArray(members) && typeof members[0] === 'string' ? members[0] : undefined;
};

function useEnrolling(who: { name: string; email: string; phone: string }, onClose: () => void) {
  const t = useWords(PERSON);
  const api = useApi();
  const tell = useToast();
  const go = useNavigate();
  const known = useQueryClient();
  return useMutation({
    mutationFn: (another: boolean) => answered(api.POST('/api/v1/members', { body: { ...who, another, asked: true } })),
    onSuccess: async ({ id, isNew }) => {
      const name = who.name || who.email || t('somebody');
      tell(t(isNew ? 'enrolled' : 'alreadyMember', { name }));
      onClose();
      void go(`/members/${id}`);
      await known.invalidateQueries({ queryKey: ['members'] });
    },
  });
}

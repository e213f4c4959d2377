import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/client.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Note } from '../../kit/page.js';
import { devicesMaySign, signChallenge } from '../../shell/ask-device.js';
import { useWords } from '../../shell/desk-context.js';
import { PASSKEY } from '../../shell/passkey-words.js';
import { SIGN_IN } from './words.js';

interface SignInProps {
  /** The secret of a link from a mail, when one was followed. */
  link?: string;
  /** It is used without asking. */
  atOnce?: boolean;
  entered(): void;
  /** Why one is not known here. */
  failure: Error | null;
  /** Somebody was signed in here before. */
  wasHere?: boolean;
}

const send = (path: string, body?: object) =>
  fetch(path, {
    method: 'POST',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });

/** The way in: a link by mail, and the button that uses it. */
export function SignIn({ link, atOnce = false, entered, failure, wasHere = false }: SignInProps) {
  const t = useWords(SIGN_IN);
  const [spent, setSpent] = useState(false);
  const embedded = document.body.hasAttribute('data-embedded');
  const unreachable = failure !== null && !isSignedOut(failure);
  const gone = link === undefined ? goneBecause(failure, wasHere) : null;
  const enter = async () => {
    const answer = await send('/admin/enter', { link });
    if (answer.ok) entered();
    else setSpent(true);
  };
  const begun = useRef(false);
  useEffect(() => {
    if (!atOnce || begun.current) return;
    begun.current = true;
    enter().catch(() => setSpent(true));
  });
  return (
    <main className="alone">
      <div className="card stack">
        <h1>{t(link !== undefined ? 'welcome' : 'title')}</h1>
        {unreachable && (
          <Note tone="bad" alert>
            {t('failed')}
          </Note>
        )}
        {gone && (
          <Note tone="warning" alert>
            {t(gone)}
          </Note>
        )}
        {spent && (
          <Note tone="warning" alert>
            {t('spent')}
          </Note>
        )}
        {embedded ? (
          // who was removed is inside the admin already
          gone !== 'removed' && <p>{t('embedded')}</p>
        ) : link !== undefined && !spent ? (
          <Button look="primary" autoFocus onPress={() => void enter()}>
            {t('enter')}
          </Button>
        ) : (
          <>
            {devicesMaySign() && <ByPasskey entered={entered} />}
            <AskForLink />
          </>
        )}
      </div>
    </main>
  );
}

/** Nobody is known by what the browser has. */
export const isSignedOut = (error: Error | null): boolean => error instanceof ApiError && error.status === 401;

/** Why whoever was at the desk is not any more; null for who never was. */
function goneBecause(failure: Error | null, wasHere: boolean): 'removed' | 'ended' | null {
  if (!(failure instanceof ApiError) || !isSignedOut(failure)) return null;
  const { why } = failure.details;
  // a browser forgets an old session by itself
  return why === 'removed' || why === 'ended' ? why : wasHere ? 'ended' : null;
}

/** What the device has is all that is asked. */
function ByPasskey({ entered }: { entered(): void }) {
  const t = useWords(PASSKEY);
  const [failed, setFailed] = useState(false);
  const enter = async () => {
    const asked = await send('/admin/passkey/challenge');
    const signed = asked.ok && (await signChallenge((await asked.json()) as { challenge: string; rpId: string }));
    if (signed && (await send('/admin/passkey', signed)).ok) entered();
    else setFailed(true);
  };
  return (
    <>
      {failed && (
        <Note tone="warning" alert>
          {t('notEntered')}
        </Note>
      )}
      <Button onPress={() => void enter().catch(() => setFailed(true))}>{t('enter')}</Button>
    </>
  );
}

function AskForLink() {
  const t = useWords(SIGN_IN);
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    setSent((await send('/admin/sign-in', { email })).ok);
  };
  if (sent)
    return (
      <>
        <p role="status">{t('sent', { email })}</p>
        <Button look="quiet" onPress={() => setSent(false)}>
          {t('other')}
        </Button>
      </>
    );
  return (
    <form className="form" onSubmit={(event) => void ask(event)}>
      <p>{t('lead')}</p>
      <Field
        label={t('email')}
        type="email"
        name="email"
        autoComplete="email"
        isRequired
        value={email}
        onChange={setEmail}
      />
      <Button look="primary" type="submit">
        {t('send')}
      </Button>
    </form>
  );
}

import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Asked } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Page } from '../../kit/page.js';
import { useWords } from '../../shell/desk-context.js';
import { useDraft, useLive } from '../program/use-program.js';
import { ChooseProgram } from './choose-program.js';
import { Connected } from './connected.js';
import { Look } from './look.js';
import { NameIt } from './name-it.js';
import { Pilot } from './pilot.js';
import { SwitchOn } from './switch-on.js';
import { TryIt } from './try-it.js';
import { SET_UP } from './words.js';

const STEPS = ['connected', 'program', 'name', 'try', 'on'] as const;

/** From connected to switched on in five steps. Where one is stands in the address; what was chosen stands in the draft. */
export function Component() {
  const t = useWords(SET_UP);
  const [params, setParams] = useSearchParams();
  const live = useLive();
  const draft = useDraft();
  const wanted = STEPS.findIndex((step) => step === params.get('step'));
  // who comes back goes on with what was begun
  const [begun] = useState(() => wanted);
  const at = wanted >= 0 ? wanted : begun < 0 && draft.data ? 2 : 0;
  const go = (to: number) => setParams({ step: STEPS[to] ?? 'connected' });
  const step = STEPS[at] ?? 'connected';
  const back = at > 0 && <Button onPress={() => go(at - 1)}>{t('back')}</Button>;
  return (
    <Page title={t('title')} lead={t('lead')}>
      <ol className="set-up-steps">
        {STEPS.map((name, i) => (
          <li key={name}>
            <button aria-current={i === at ? 'step' : undefined} onClick={() => go(i)}>
              {i + 1} <span className="set-up-name">{t(name)}</span> {i < at && <span aria-hidden="true">✓</span>}
            </button>
          </li>
        ))}
      </ol>
      <Asked query={live} rows={5}>
        {(program) => (
          <Asked query={draft} rows={5}>
            {(there) => (
              <>
                {step === 'connected' && <Connected />}
                {step === 'program' && (
                  <ChooseProgram live={program.file} draft={there} next={() => go(2)} back={back} />
                )}
                {step === 'name' && (
                  <>
                    <Look />
                    <NameIt
                      key={there?.hash}
                      file={there?.file ?? program.file}
                      draft={there}
                      next={() => go(3)}
                      back={back}
                    />
                  </>
                )}
                {step === 'try' && <TryIt draft={there} file={there?.file ?? program.file} />}
                {step === 'on' && (
                  <>
                    <Pilot />
                    <SwitchOn draft={there} />
                  </>
                )}
                {step !== 'program' && step !== 'name' && (
                  <div className="actions set-up-acts">
                    {back}
                    {step === 'on' ? (
                      <LinkButton to="/">{t('home')}</LinkButton>
                    ) : (
                      <Button look="primary" onPress={() => go(at + 1)}>
                        {t('continue')}
                      </Button>
                    )}
                  </div>
                )}
              </>
            )}
          </Asked>
        )}
      </Asked>
    </Page>
  );
}

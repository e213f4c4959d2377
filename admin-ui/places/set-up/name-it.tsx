import { type FormEvent, useState } from 'react';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useWords } from '../../shell/desk-context.js';
import { type Language, LANGUAGES } from '../../words/words.js';
import { isThing, type Thing } from '../program/form/form-model.js';
import type { Draft } from '../program/use-program.js';
import { countedMessage, withUnitNames } from './fit-to-shop.js';
import { useKeepDraft } from './keep-draft.js';
import { SET_UP } from './words.js';

const NONE = { one: '', few: '', many: '' };

/** What the program and its points are called, in the languages of its shoppers; left empty they are called points. */
export function NameIt({ file, draft, next }: { file: Thing; draft: Draft | null; next(): void }) {
  const t = useWords(SET_UP);
  const rules = isThing(file['rules']) ? file['rules'] : {};
  const unit = isThing(rules['units']) ? (Object.keys(rules['units'])[0] ?? 'points') : 'points';
  const [name, setName] = useState(String(file['name'] ?? ''));
  const [words, setWords] = useState<Record<Language, typeof NONE>>({ en: NONE, nl: NONE, nb: NONE, pl: NONE });
  const keep = useKeepDraft(draft, next);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const counted = Object.entries(words).map(([language, { one, few, many }]) => [
      language,
      countedMessage(language, one, few, many),
    ]);
    keep.mutate({ ...withUnitNames(file, unit, Object.fromEntries(counted) as Record<string, string>), name });
  };
  return (
    <Card title={t('name')}>
      <form onSubmit={send} className="stack">
        {keep.isError && <Failed error={keep.error} />}
        <Field label={t('programName')} value={name} onChange={setName} isRequired />
        <p className="lead">{t('unitLead')}</p>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => {
          const put = (more: Partial<typeof NONE>) =>
            setWords({ ...words, [language]: { ...words[language], ...more } });
          return (
            <fieldset key={language} className="schema-group">
              <legend>{LANGUAGES[language]}</legend>
              <div className="form across">
                <Field label={t('one')} value={words[language].one} onChange={(one) => put({ one })} />
                <Field label={t('few')} value={words[language].few} onChange={(few) => put({ few })} />
                {language === 'pl' && (
                  <Field label={t('many')} value={words[language].many} onChange={(many) => put({ many })} />
                )}
              </div>
            </fieldset>
          );
        })}
        <Button look="primary" type="submit" isPending={keep.isPending}>
          {t('continue')}
        </Button>
      </form>
    </Card>
  );
}

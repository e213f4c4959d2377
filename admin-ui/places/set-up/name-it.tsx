import { type FormEvent, type ReactNode, useState } from 'react';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useLanguage, useWords } from '../../shell/desk-context.js';
import { type Language, LANGUAGES } from '../../words/words.js';
import { isThing, type Thing } from '../program/form/form-model.js';
import type { Draft } from '../program/use-program.js';
import { countedMessage, type UnitWords, unitWords, withUnitNames } from './fit-to-shop.js';
import { useKeepDraft } from './keep-draft.js';
import { SET_UP } from './words.js';

/** What points are called where nobody called them anything else: the example in an empty field. */
const USUAL: Record<Language, UnitWords> = {
  en: { one: 'point', few: 'points', many: 'points' },
  nl: { one: 'punt', few: 'punten', many: 'punten' },
  nb: { one: 'poeng', few: 'poeng', many: 'poeng' },
  pl: { one: 'punkt', few: 'punkty', many: 'punktów' },
};

/** What the program and its points are called, in the languages of its shoppers; left empty they are called points. */
export function NameIt({
  file,
  draft,
  next,
  back,
}: {
  file: Thing;
  draft: Draft | null;
  next(): void;
  back: ReactNode;
}) {
  const t = useWords(SET_UP);
  const rules = isThing(file['rules']) ? file['rules'] : {};
  const units = isThing(rules['units']) ? Object.keys(rules['units']) : ['points'];
  const [name, setName] = useState(String(file['name'] ?? ''));
  const [said, setSaid] = useState(() => units.map((unit) => ({ unit, words: unitWords(file, unit) })));
  const keep = useKeepDraft(draft, next);
  const mine = useLanguage();
  const others = (Object.keys(LANGUAGES) as Language[]).filter((language) => language !== mine);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const named = said.reduce((wish, { unit, words }) => withUnitNames(wish, unit, countedIn(words)), file);
    const wish = { ...named, name };
    // who changes nothing makes no draft
    if (JSON.stringify(wish) === JSON.stringify(file)) next();
    else keep.mutate(wish);
  };
  const inLanguage = (language: Language) =>
    said.map(({ unit, words }) => (
      <InLanguage
        key={`${language} ${unit}`}
        {...{ language, words }}
        // which of several things it is about: as it was called when it was chosen
        of={said.length > 1 ? unitWords(file, unit)[language].few || unit : null}
        setWords={(next) => setSaid(said.map((one) => (one.unit === unit ? { unit, words: next } : one)))}
      />
    ));
  return (
    <form onSubmit={send}>
      <Card title={t('called')}>
        <div className="stack">
          {keep.isError && <Failed error={keep.error} />}
          <Field label={t('programName')} value={name} onChange={setName} isRequired />
          <p className="lead">{t(said.length > 1 ? 'unitsLead' : 'unitLead')}</p>
          {inLanguage(mine)}
          <details>
            <summary>{t('otherLanguages')}</summary>
            <div className="stack">{others.map(inLanguage)}</div>
          </details>
        </div>
      </Card>
      <div className="actions set-up-acts">
        {back}
        <Button look="primary" type="submit" isPending={keep.isPending}>
          {t('continue')}
        </Button>
      </div>
    </form>
  );
}

type Words = Record<Language, UnitWords>;

const countedIn = (words: Words): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).map(([language, { one, few, many }]) => [language, countedMessage(language, one, few, many)]),
  );

interface InLanguageProps {
  language: Language;
  words: Words;
  of: string | null;
  setWords(words: Words): void;
}

function InLanguage({ language, words, of, setWords }: InLanguageProps) {
  const t = useWords(SET_UP);
  const field = (key: keyof UnitWords) => (
    <Field
      label={t(key)}
      placeholder={USUAL[language][key]}
      value={words[language][key]}
      onChange={(text) => setWords({ ...words, [language]: { ...words[language], [key]: text } })}
    />
  );
  return (
    <fieldset className="schema-group">
      <legend>{of === null ? LANGUAGES[language] : `${LANGUAGES[language]}: ${of}`}</legend>
      <div className="form across">
        {field('one')}
        {field('few')}
        {language === 'pl' && field('many')}
      </div>
    </fieldset>
  );
}

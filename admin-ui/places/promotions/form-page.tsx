import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Note, Page } from '../../kit/page.js';
import { UnsavedGuard } from '../../kit/unsaved.js';
import { useDesk, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { ApiError } from '../../api/client.js';
import { FormLines } from './form-lines.js';
import { FORM } from './form-words.js';
import { type Promotion, promotionName, promotionsOf, type ProgramFile, withPromotion } from './program-file.js';
import { emptyForm, errorsOf, formOf, freshId, nextYear, promotionOf, type PromotionForm } from './promotion-form.js';
import { isConflict, type Programs, usePrograms, useSaveDraft } from './use-programs.js';

/** Makes a promotion, or changes one, in the draft. */
export function FormPage() {
  const t = useWords(FORM);
  const { id } = useParams();
  const [search] = useSearchParams();
  const programs = usePrograms();
  const mayEdit = useMay()('edit-drafts');
  if (!mayEdit) return <Page title={t('newTitle')}>{t('notYou')}</Page>;
  return (
    <Page title={t(id === undefined ? 'newTitle' : 'editTitle')} lead={t('lead')}>
      <Asked query={programs} rows={8}>
        {(known) => <Begun programs={known} id={id} copy={search.get('copy')} years={search.get('years') === '1'} />}
      </Asked>
    </Page>
  );
}

interface Wish {
  id: string | undefined;
  copy: string | null;
  years: boolean;
}

/** The form begins with what there is: the promotion of the draft, one that is copied, or nothing. */
function Begun({ programs, id, copy, years }: Wish & { programs: Programs }) {
  const t = useWords(FORM);
  const language = useLanguage();
  const { me } = useDesk();
  const file = (programs.draft ?? programs.live).file;
  const from = id ?? copy;
  const before = from === null ? null : (promotionsOf(file).find((one) => one.id === from) ?? null);
  if (from !== null && before === null)
    return (
      <Page title={t('gone')} lead={t('goneMore')}>
        {null}
      </Page>
    );
  const name = before ? promotionName(file, before.id, language) : '';
  const began = before ? formOf(before, name, me.program.exponent) : emptyForm(firstUnit(file));
  const form = years ? nextYear(began) : copy === null ? began : { ...began, name: t('copyOf', { name }) };
  return <Form key={from} programs={programs} began={form} before={before} id={id} />;
}

const firstUnit = ({ rules }: ProgramFile): string => Object.keys(rules.units)[0] ?? 'points';

interface FormProps {
  programs: Programs;
  began: PromotionForm;
  before: Promotion | null;
  id: string | undefined;
}

function Form({ programs, began, before, id }: FormProps) {
  const t = useWords(FORM);
  const language = useLanguage();
  const { me } = useDesk();
  const format = useFormat();
  const go = useNavigate();
  const [form, setForm] = useState(began);
  const [asked, setAsked] = useState(false);
  const save = useSaveDraft();
  const errors = errorsOf(form);
  const wrong = Object.keys(errors) as (keyof typeof errors)[];
  const file = (programs.draft ?? programs.live).file;
  const keep = (over = programs) => {
    setAsked(true);
    if (wrong.length > 0) return;
    const change = (of: ProgramFile) => {
      const taken = promotionsOf(of).map((one) => one.id);
      const own = id ?? freshId(form.name, taken);
      const made = promotionOf(form, {
        id: own,
        before: before && { ...before, id: own },
        today: format.today(),
        exponent: me.program.exponent,
      });
      return withPromotion(of, id === undefined ? { ...made, paused: false } : made, { [language]: form.name.trim() });
    };
    save.mutate({ programs: over, change }, { onSuccess: () => void go('/promotions/draft') });
  };
  return (
    <form
      className="card draft promotion-form"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep();
      }}
    >
      <UnsavedGuard changed={form !== began && !save.isSuccess && !save.isPending} />
      <p className="quiet-text">{t('draftOnly')}</p>
      <FormLines
        form={form}
        change={(part) => setForm({ ...form, ...part })}
        file={file}
        errors={asked ? errors : {}}
      />
      {asked && wrong.length > 0 && (
        <Note tone="bad" alert>
          {t('mend', { what: format.list(wrong.map((one) => t(`wrong_${one}`))) })}
        </Note>
      )}
      {save.error &&
        (isConflict(save.error) ? <Conflict error={save.error} again={keep} /> : <Failed error={save.error} />)}
      <div className="actions">
        <Button look="primary" type="submit" isPending={save.isPending}>
          {t('save')}
        </Button>
        <Button onPress={() => void go('/promotions')}>{t('cancel')}</Button>
        <small>{t('saveHelp')}</small>
      </div>
    </form>
  );
}

/** Somebody else saved meanwhile, or oneself in another window: theirs stays, and this promotion is put into it. */
function Conflict({ error, again }: { error: Error; again(over: Programs): void }) {
  const t = useWords(FORM);
  const format = useFormat();
  const details = error instanceof ApiError ? error.details : {};
  const at = typeof details['at'] === 'string' ? format.moment(details['at']) : '';
  const { me } = useDesk();
  const isOwn = details['by'] === `${me.by}:${me.id}`;
  const programs = usePrograms();
  return (
    <Note tone="warning" alert>
      <p>{at === '' ? t('conflictGone') : t(isOwn ? 'conflictOwn' : 'conflict', { at })}</p>
      <Button onPress={() => void programs.refetch().then(({ data }) => data && again(data))}>
        {t('conflictAgain')}
      </Button>
    </Note>
  );
}

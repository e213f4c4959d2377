import { useDesk, useLanguage, useWords } from '../../shell/desk-context.js';
import { fieldsOf, spansFrom } from './date-spans.js';
import { FORM } from './form-words.js';
import { type ProgramFile, WEEKDAYS } from './program-file.js';
import type { FormErrors, PromotionForm } from './promotion-form.js';
import { Chips, Pick, Sentence, Slot } from './sentence.js';

/** What each line of the form reads and changes. */
export interface LinesProps {
  form: PromotionForm;
  change(part: Partial<PromotionForm>): void;
  file: ProgramFile;
  errors: FormErrors;
}

/** On which days, at which hours, from when to when. */
export function WhenLines({ form, change, errors }: LinesProps) {
  const t = useWords(FORM);
  const { me } = useDesk();
  return (
    <>
      <Days form={form} change={change} errors={errors} />
      <Sentence
        text={t('hoursLine')}
        slots={{
          from: (
            <Slot
              label={t('hourFrom')}
              type="time"
              value={form.hourFrom}
              onChange={(hourFrom) => change({ hourFrom })}
            />
          ),
          to: (
            <Slot
              label={t('hourTo')}
              type="time"
              value={form.hourTo}
              onChange={(hourTo) => change({ hourTo })}
              error={errors.hours && t('error_hours')}
            />
          ),
        }}
      />
      <Sentence
        text={t('datesLine', { zone: me.program.zone.replaceAll('_', ' ') })}
        slots={{
          from: (
            <Slot label={t('dateFrom')} type="datetime-local" value={form.from} onChange={(from) => change({ from })} />
          ),
          to: (
            <Slot
              label={t('dateTo')}
              type="datetime-local"
              value={form.to}
              onChange={(to) => change({ to })}
              error={errors.to && t('error_to')}
            />
          ),
        }}
      />
      <Spans form={form} change={change} />
    </>
  );
}

/** The next weekends and the next week at one press: nobody has to count days. */
function Spans({ form, change }: Pick<LinesProps, 'form' | 'change'>) {
  const t = useWords(FORM);
  const { me } = useDesk();
  const language = useLanguage();
  const day = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' },
  });
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: me.program.zone }).format(new Date());
  const at = (date: string) => new Date(`${date}T00:00:00Z`);
  const spans = spansFrom(today).map((span) => ({
    ...fieldsOf(span),
    text: day.formatRange(at(span.first), at(span.last)),
  }));
  return (
    <Sentence
      text={t('spansLine')}
      slots={{
        spans: (
          <Chips
            label={t('spans')}
            chosen={spans.filter(({ from, to }) => from === form.from && to === form.to).map(({ text }) => text)}
            onChange={(chosen) => {
              const span = spans.find(({ text, from }) => chosen.includes(text) && from !== form.from) ?? null;
              change(span ? { from: span.from, to: span.to } : { from: '', to: '' });
            }}
            options={spans.map(({ text }) => [text, text])}
          />
        ),
      }}
    />
  );
}

function Days({ form, change, errors }: Omit<LinesProps, 'file'>) {
  const t = useWords(FORM);
  const language = useLanguage();
  const weekday = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short',
    timeZone: 'UTC',
  });
  const line = { all: 'daysAll', week: 'daysWeek', weeks: 'daysWeeks', month: 'daysMonth' } as const;
  return (
    <Sentence
      text={t(line[form.days])}
      slots={{
        days: (
          <Pick
            label={t('days')}
            value={form.days}
            onChange={(days) => change({ days })}
            options={[
              ['all', t('everyDay')],
              ['week', t('weekdaysOf')],
              ['weeks', t('weekdaysEvery')],
              ['month', t('dayOfMonth')],
            ]}
          />
        ),
        weekdays: (
          <Chips
            label={t('weekdays')}
            chosen={form.weekdays}
            onChange={(weekdays) => change({ weekdays })}
            // 1 January 2024 was a Monday
            options={WEEKDAYS.map((day, nth) => [day, weekday.format(Date.UTC(2024, 0, 1 + nth))])}
            error={errors.weekdays && t('error_weekdays')}
          />
        ),
        every: (
          <Pick
            label={t('every')}
            value={form.everyWeeks}
            onChange={(everyWeeks) => change({ everyWeeks })}
            options={['2', '3', '4', '6', '8'].map((n) => [n, n])}
          />
        ),
        day: (
          <Pick
            label={t('dayOfMonth')}
            value={form.monthDay}
            onChange={(monthDay) => change({ monthDay })}
            options={[
              ...Array.from({ length: 31 }, (_, n) => [`${n + 1}`, `${n + 1}`] as const),
              ['last', t('lastDay')] as const,
            ]}
          />
        ),
      }}
    />
  );
}

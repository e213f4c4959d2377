import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { runsOf, weeksOf } from './month.js';
import { changedPromotions, promotionName } from './program-file.js';
import type { Programs } from './use-programs.js';
import { PROMOTIONS } from './words.js';

interface Lane {
  id: string;
  name: string;
  draft: boolean;
  paused: boolean;
  days: ReadonlySet<string>;
}

/** A month in weeks: each promotion a bar over the days on which it is open; what is in the draft is dashed. */
export function MonthView({ month, programs }: { month: string; programs: Programs }) {
  const api = useApi();
  const language = useLanguage();
  const weeks = weeksOf(month);
  const from = weeks[0]?.[0] ?? `${month}-01`;
  const to = weeks.at(-1)?.[6] ?? `${month}-28`;
  const { live, draft } = programs;
  const changed = draft ? changedPromotions(live.file, draft.file) : [];
  const days = useQuery({
    queryKey: ['promotions', 'days', month, live.version, draft?.hash],
    // a pause is a new version of the same month
    placeholderData: (before, query) => (query?.queryKey[2] === month ? before : undefined),
    queryFn: async () => {
      const ask = (of: object) =>
        answered(api.GET('/api/v1/promotion-days', { params: { query: { from, to, ...of } } }));
      const [now, then] = await Promise.all([ask({}), changed.length > 0 ? ask({ of: 'draft' }) : null]);
      return { now, then };
    },
  });
  return (
    <Asked query={days} rows={weeks.length * 2}>
      {({ now, then }) => {
        const lane = (file: Programs['live']['file'], of: typeof now, isDraft: boolean) =>
          of.promotions.map(({ id, days }): Lane => {
            const paused = file.rules.promotions?.some((one) => one.id === id && one.paused === true) === true;
            return { id, name: promotionName(file, id, language), draft: isDraft, paused, days: new Set(days) };
          });
        const isChanged = ({ id }: Lane) => changed.some((one) => one.id === id);
        const lanes = [
          ...lane(live.file, now, false),
          ...(draft && then ? lane(draft.file, then, true).filter(isChanged) : []),
        ];
        return <Weeks month={month} weeks={weeks} lanes={lanes} today={now.today} changes={now.clockChanges} />;
      }}
    </Asked>
  );
}

interface WeeksProps {
  month: string;
  weeks: string[][];
  lanes: readonly Lane[];
  today: string;
  changes: readonly { date: string; hours: number }[];
}

function Weeks({ month, weeks, lanes, today, changes }: WeeksProps) {
  const t = useWords(PROMOTIONS);
  const language = useLanguage();
  const weekday = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short',
    timeZone: 'UTC',
  });
  return (
    <section className="card month" aria-label={t('calendar')}>
      <div className="week-days" aria-hidden="true">
        {weeks[0]?.map((date) => (
          <span key={date}>{weekday.format(new Date(`${date}T00:00:00Z`))}</span>
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} className="week">
          {week.map((date, day) => (
            <time
              key={date}
              dateTime={date}
              className={`${date === today ? 'today' : ''} ${date.startsWith(month) ? '' : 'outside'}`}
              style={{ gridColumn: day + 1, gridRow: 1 }}
              {...(date === today ? { 'aria-current': 'date' as const } : {})}
            >
              {Number(date.slice(8))}
              {changes.map((change) =>
                change.date === date ? (
                  <small key={date}> {t(change.hours < 24 ? 'clockSkips' : 'clockRepeats')}</small>
                ) : null,
              )}
            </time>
          ))}
          <Bars week={week} lanes={lanes} />
        </div>
      ))}
      {lanes.every(({ days }) => days.size === 0) && <p className="quiet-text">{t('emptyMonth')}</p>}
    </section>
  );
}

function Bars({ week, lanes }: { week: readonly string[]; lanes: readonly Lane[] }) {
  const t = useWords(PROMOTIONS);
  const format = useFormat();
  const here = lanes.filter(({ days }) => week.some((date) => days.has(date)));
  return here.flatMap(({ id, name, draft, paused, days }, row) =>
    runsOf(week, days).map(({ start, length }) => {
      const [first = '', last = ''] = [week[start], week[start + length - 1]];
      const state = draft ? t('draft') : paused ? t('paused') : null;
      return (
        <a
          key={`${id} ${draft} ${start}`}
          className={`month-bar ${draft ? 'draft' : ''} ${paused ? 'paused' : ''}`}
          style={{ gridColumn: `${start + 1} / span ${length}`, gridRow: row + 2 }}
          href={draft ? '#draft' : `#promotion-${id}`}
          title={name}
          aria-label={`${name}${state === null ? '' : ` ${state}`}: ${format.date(first)} – ${format.date(last)}`}
        >
          {name}
          {state !== null && <small> {state}</small>}
        </a>
      );
    }),
  );
}

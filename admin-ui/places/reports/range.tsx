import { useSearchParams } from 'react-router';
import { Select } from '../../kit/fields.js';
import { useWords } from '../../shell/desk-context.js';
import { tagOf } from '../../words/words.js';
import { REPORTS } from './words.js';

const PERIODS = ['6', '12', '24', '36'] as const;

/** "Nov 2026" of "2026-11". */
export const monthName = (month: string, language: Parameters<typeof tagOf>[0]): string =>
  new Intl.DateTimeFormat(tagOf(language), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** How many months a report is about; it stands in the address, and all reports share it. */
export function useRange() {
  const [search, setSearch] = useSearchParams();
  const months = PERIODS.find((known) => known === search.get('months')) ?? '12';
  return {
    months: Number(months),
    chosen: months,
    choose: (wish: string) => setSearch((now) => ({ ...Object.fromEntries(now), months: wish }), { replace: true }),
  };
}

export function RangePicker({ children }: { children?: React.ReactNode }) {
  const t = useWords(REPORTS);
  const { chosen, choose } = useRange();
  return (
    <div className="form across report-range">
      <Select
        label={t('period')}
        value={chosen}
        onChange={choose}
        options={PERIODS.map((value) => ({ value, text: t('lastMonths', { n: Number(value) }) }))}
      />
      {children}
    </div>
  );
}

import { Link, useSearchParams } from 'react-router';
import { useFormat, useWords } from '../../shell/desk-context.js';
import { REACH } from '../reports/reach-words.js';

export interface ReachFilter {
  unclaimed?: string;
  waited?: number;
  under?: number;
  active?: 'yes' | 'no';
  within?: number;
  on?: string;
}

/** Whom a figure of use and reach is of: it stands in the address; null = nobody was asked for. */
export function useReachFilter(): ReachFilter | null {
  const [search] = useSearchParams();
  const days = (key: 'waited' | 'under' | 'within') => {
    const value = Number(search.get(key));
    return Number.isSafeInteger(value) && value > 0 ? { [key]: value } : {};
  };
  const unclaimed = search.get('unclaimed');
  if (unclaimed) return { unclaimed, ...days('waited'), ...days('under') };
  const active = search.get('active');
  if (active !== 'yes' && active !== 'no') return null;
  const on = search.get('on');
  return { active, within: 90, ...days('within'), ...(on ? { on } : {}) };
}

/** Says whom the list shows, and how to see all again. */
export function ReachLine({ of: { active, within = 90, on, waited, under } }: { of: ReachFilter }) {
  const t = useWords(REACH);
  const format = useFormat();
  const span =
    waited && under
      ? t('between', { least: waited, under })
      : waited
        ? t('from', { least: waited })
        : under
          ? t('upTo', { under })
          : null;
  const when = on ? t('listOn', { days: within, day: format.date(on) }) : t('listNow', { days: within });
  const text = active ? `${t(active === 'yes' ? 'activeList' : 'quietList')} ${when}` : t('unclaimedList');
  return (
    <p className="member-filter" role="status">
      <strong>
        {text}
        {span && ` (${span})`}
      </strong>{' '}
      <Link to="/members">{t('all')}</Link>
    </p>
  );
}

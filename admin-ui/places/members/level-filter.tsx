import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { LEVELS } from '../reports/levels-words.js';

const MOVED = ['joined', 'rose', 'fell', 'kept', 'ruled'] as const;

export interface LevelFilter {
  level?: string;
  graced?: 'yes';
  on?: string;
  moved?: (typeof MOVED)[number];
  from?: string;
  to?: string;
}

/** Whom a figure of the levels' report is of: it stands in the address; null = nobody was asked for. */
export function useLevelFilter(): LevelFilter | null {
  const [search] = useSearchParams();
  const moved = MOVED.find((kind) => kind === search.get('moved'));
  const text = (key: string) => {
    const value = search.get(key);
    return value ? { [key]: value } : {};
  };
  if (moved) return { moved, ...text('from'), ...text('to'), ...text('level') };
  if (!search.get('level')) return null;
  return { ...text('level'), ...text('on'), ...(search.get('graced') === 'yes' ? { graced: 'yes' as const } : {}) };
}

/** Says whom the list shows, and how to see all again. */
export function FilterLine({ of }: { of: LevelFilter }) {
  const t = useWords(LEVELS);
  const format = useFormat();
  const name = useLevelName(of.level);
  // the last day of a period, not the one after it
  const until = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const dayOf = (day: string | undefined) => (day ? format.date(day) : '…');
  const text = of.moved
    ? t('moved', { kind: of.moved, from: dayOf(of.from), to: dayOf(of.to && until(of.to)) })
    : of.on
      ? t('onsThen', { level: name, day: format.date(of.on) })
      : t(of.graced ? 'graced' : 'ons', { level: name });
  return (
    <p className="member-filter" role="status">
      <strong>{text}</strong> <Link to="/members">{t('all')}</Link>
    </p>
  );
}

interface FileOfLevels {
  names?: { tiers?: Record<string, Record<string, string>> };
}

/** What the program calls a level. */
function useLevelName(level = ''): string {
  const api = useApi();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ['program'],
    queryFn: () => answered(api.GET('/api/v1/program')),
    enabled: level !== '',
  });
  const names = (data?.file as FileOfLevels | undefined)?.names?.tiers?.[level];
  return names?.[language] ?? names?.['en'] ?? level;
}

import { Note } from '../../kit/page.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import { useDiff } from './use-diff.js';
import { PROGRAM } from './words.js';

/** What members have and could no longer use by the rules that would be published; nothing where there is none of it. */
export function OutOfUse({ to, hash }: { to: 'draft' | number; hash: string }) {
  const t = useWords(PROGRAM);
  const format = useFormat();
  const { data } = useDiff('live', to, hash);
  if (data === undefined || data.outOfUse.length === 0) return null;
  return (
    <Note tone="warning" alert>
      <strong>{t('outOfUse')}</strong>
      <ul>
        {data.outOfUse.map(({ unit, members, points, worth }) => {
          const counted = format.points(points, unit);
          const said = worth ? t('worth', { points: counted, money: format.money(worth.minor, worth) }) : counted;
          return <li key={unit}>{t('outOfUseLine', { members, points: said })}</li>;
        })}
      </ul>
      {t('outOfUseFix')}
    </Note>
  );
}

import { Link } from 'react-router';
import { useLanguage, useWords } from '../../shell/desk-context.js';
import { type ProgramFile, promotionName, promotionsOf } from './program-file.js';
import { REPORT } from './report-words.js';

interface Conflict {
  first: string;
  second: string;
  sentence: string;
}

/** Two promotions that meet: what becomes of them on an order, and which setting decides it. */
export function ConflictText({
  conflict: { first, second, sentence },
  file,
}: {
  conflict: Conflict;
  file: ProgramFile;
}) {
  const t = useWords(REPORT);
  const language = useLanguage();
  const alone = promotionsOf(file).find(({ id, exclusive }) => exclusive === true && (id === first || id === second));
  return (
    <>
      <p>{sentence}</p>
      <p className="quiet-text">
        {alone
          ? t('by_exclusive', { name: promotionName(file, alone.id, language) })
          : t(`by_${file.rules.stacking?.promotions ?? 'best'}`)}{' '}
        <Link to={alone ? `/promotions/edit/${encodeURIComponent(alone.id)}` : '/program'}>{t('stacking')}</Link>
      </p>
    </>
  );
}

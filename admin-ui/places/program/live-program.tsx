import type { ReactNode } from 'react';
import { LinkButton } from '../../kit/button.js';
import { Asked } from '../../kit/asked.js';
import { Badge, Card } from '../../kit/page.js';
import { useFormat as useFigures, useWords } from '../../shell/desk-context.js';
import { type Preview, useLive, usePreview } from './use-program.js';
import { PROGRAM } from './words.js';

/** What is live, by the parts of the page that customers read. */
export function LiveProgram({ action }: { action: ReactNode }) {
  const t = useWords(PROGRAM);
  const format = useFigures();
  const live = useLive();
  const preview = usePreview({ of: { kind: 'live' } });
  return (
    <>
      <div className="spread program-bar">
        <div className="row">
          <Badge tone="good">{t('live')}</Badge>
          {live.data && <span>{t('version', { n: live.data.version, at: format.day(live.data.from) })}</span>}
        </div>
        {action}
      </div>
      <Asked query={preview} rows={6}>
        {(shown) => (
          <div className="halves">
            {shown.sections.map((section) => (
              <Section key={section.id} section={section} />
            ))}
          </div>
        )}
      </Asked>
    </>
  );
}

function Section({ section: { id, title, sentences } }: { section: Preview['sections'][number] }) {
  const t = useWords(PROGRAM);
  const more = id === 'promotions' && (
    <LinkButton to="/promotions" look="quiet">
      {t('toPromotions')}
    </LinkButton>
  );
  return (
    <Card title={title} actions={more || undefined}>
      <Sentences sentences={sentences} />
    </Card>
  );
}

/** Sentences as shoppers read them. */
export function Sentences({ sentences }: { sentences: readonly { id: string; sentence: string }[] }) {
  return (
    <ul className="rules-lines">
      {sentences.map(({ id, sentence }) => (
        <li key={id}>{sentence}</li>
      ))}
    </ul>
  );
}

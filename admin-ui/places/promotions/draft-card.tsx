import { Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Badge } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { changedPromotions, promotionName } from './program-file.js';
import { type Programs, useDiscardDraft, useSaveDraft } from './use-programs.js';
import { DraftSentences } from './draft-sentences.js';
import { REPORT } from './report-words.js';
import { PROMOTIONS } from './words.js';

/** What is being worked on, in a dashed frame: nobody but the staff sees it. */
export function DraftCard({ programs }: { programs: Programs }) {
  const t = useWords(PROMOTIONS);
  const said = useWords(REPORT);
  const language = useLanguage();
  const may = useMay();
  const tell = useToast();
  const discard = useDiscardDraft();
  const save = useSaveDraft();
  const { live, draft } = programs;
  const changed = draft ? changedPromotions(live.file, draft.file) : [];
  if (!draft || changed.length === 0) return null;
  const letGo = () =>
    discard.mutate(draft.hash, {
      onSuccess: () =>
        tell(t('discarded'), {
          text: t('undo'),
          act: () => save.mutate({ programs: { live, draft: null }, change: () => draft.file, base: draft.base }),
        }),
    });
  return (
    <section className="card draft" id="draft" aria-label={t('draftTitle')}>
      <div className="spread">
        <h2>
          {changed.map(({ id }) => promotionName(draft.file, id, language)).join(', ')}{' '}
          <Badge tone="draft">{t('draftTitle')}</Badge>
        </h2>
        <div className="actions">
          {may('edit-drafts') && (
            <Button look="quiet" onPress={letGo} isPending={discard.isPending}>
              {t('discard')}
            </Button>
          )}
          {may('edit-drafts') &&
            changed.slice(0, 1).map(({ id }) => (
              <LinkButton key={id} to={`/promotions/edit/${encodeURIComponent(id)}`}>
                {said('edit')}
              </LinkButton>
            ))}
          <LinkButton to="/promotions/draft">{t('simulate')}</LinkButton>
        </div>
      </div>
      <DraftSentences programs={programs} draft={draft} />
      {discard.isError && <Failed error={discard.error} />}
    </section>
  );
}

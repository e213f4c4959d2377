import { useQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { useApi, useLanguage } from '../../shell/desk-context.js';
import type { Language } from '../../words/words.js';
import { changedPromotions } from './program-file.js';
import type { Draft, Programs } from './use-programs.js';

/** What shoppers would read of the draft's promotions, in a language. */
export function DraftSentences({
  programs,
  draft,
  language,
}: {
  programs: Programs;
  draft: Draft;
  language?: Language;
}) {
  const api = useApi();
  const own = useLanguage();
  const locale = language ?? own;
  const changed = changedPromotions(programs.live.file, draft.file);
  const said = useQuery({
    queryKey: ['promotions', 'draft-sentences', draft.hash, locale],
    queryFn: () => answered(api.GET('/api/v1/promotions', { params: { query: { of: 'draft', locale } } })),
  });
  return (
    <ul>
      {(said.data?.promotions ?? [])
        .filter((one) => changed.some(({ id }) => id === one.id))
        .map(({ id, sentence }) => (
          <li key={id}>{sentence}</li>
        ))}
    </ul>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Choices } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useApi, useLanguage, useWords } from '../../shell/desk-context.js';
import { inFront } from '../../words/words.js';
import type { Thing } from '../program/form/form-model.js';
import { Sentences } from '../program/live-program.js';
import { type Draft, usePreview } from '../program/use-program.js';
import { fitToShop } from './fit-to-shop.js';
import { useKeepDraft } from './keep-draft.js';
import { SET_UP } from './words.js';

/** A program chosen by looking at it: beside each what a shopper would read, in the shop's own money. */
export function ChooseProgram({
  live,
  draft,
  next,
  back,
}: {
  live: Thing;
  draft: Draft | null;
  next(): void;
  back: ReactNode;
}) {
  const t = useWords(SET_UP);
  const api = useApi();
  const language = useLanguage();
  const [id, setId] = useState('');
  const gallery = useQuery({
    queryKey: ['gallery', language],
    queryFn: () => answered(api.GET('/api/v1/gallery', { params: { query: { language } } })),
  });
  const ready = useQuery({
    queryKey: ['ready', id],
    enabled: id !== '',
    queryFn: () => answered(api.GET('/api/v1/gallery/{id}', { params: { path: { id } } })),
  });
  const file = id === '' ? live : ready.data && fitToShop(ready.data.file, live);
  const keep = useKeepDraft(draft, next);
  return (
    <>
      <div className="halves">
        <Card title={t('which')}>
          <Asked query={gallery} rows={8}>
            {({ programs }) => (
              <Choices
                label={t('which')}
                said
                value={id}
                onChange={(chosen: string) => setId(chosen)}
                options={[
                  { value: '', text: t('asItIs'), more: t('asItIsMore') },
                  ...programs.map((one) => ({
                    value: one.id as string,
                    text: inFront(one.like, language),
                    more: one.name,
                  })),
                ]}
              />
            )}
          </Asked>
        </Card>
        <Seen of={file} />
      </div>
      {keep.isError && <Failed error={keep.error} />}
      <div className="actions set-up-acts">
        {back}
        <Button
          look="primary"
          isDisabled={!file}
          isPending={keep.isPending}
          onPress={() => (id === '' && !draft ? next() : file && keep.mutate(file))}
        >
          {t('continue')}
        </Button>
      </div>
    </>
  );
}

/** What a shopper would read of it. */
function Seen({ of: file }: { of: Thing | undefined }) {
  const t = useWords(SET_UP);
  const preview = usePreview(file ? { of: { kind: 'file', file } } : null);
  return (
    <Card title={t('sees')}>
      <Asked query={preview} rows={6}>
        {({ sections }) =>
          sections.map((section) => (
            <section key={section.id}>
              <h3>{section.title}</h3>
              <Sentences sentences={section.sentences} />
            </section>
          ))
        }
      </Asked>
      <p className="lead">{t('later')}</p>
    </Card>
  );
}

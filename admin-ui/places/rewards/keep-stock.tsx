import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Choices, Field } from '../../kit/fields.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useLanguage, useWords } from '../../shell/desk-context.js';
import { STOCK } from './stock-words.js';
import type { Stock } from './stock.js';

type News = operations['keepStock']['requestBody']['content']['application/json'];
type How = News['how'];
const FORM = 'keep-stock';

/** More arrived, or it was counted anew: then with a reason. */
export function KeepStock({ stock, onDone }: { stock: Stock; onDone(): void }) {
  const t = useWords(STOCK);
  const [how, setHow] = useState<How>('arrived');
  const [wish, setWish] = useState('');
  const [why, setWhy] = useState('');
  const save = useSaving(stock, onDone);
  const least = how === 'arrived' ? 1 : 0;
  const n = /^\d{1,7}$/.test(wish.trim()) ? Number(wish) : NaN;
  const wrong = !(n >= least && n <= 1_000_000);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (wrong || (how === 'counted' && why.trim() === '')) return;
    save.mutate(how === 'arrived' ? { how, pieces: n, seen: stock.received } : { how, left: n, why: why.trim() });
  };
  return (
    <Dialog
      title={t('title', { title: stock.title })}
      open
      onClose={onDone}
      actions={
        <Button
          type="submit"
          form={FORM}
          look="primary"
          isPending={save.isPending}
          isDisabled={wrong || (how === 'counted' && why.trim() === '')}
        >
          {t('save')}
        </Button>
      }
    >
      <form id={FORM} className="form" onSubmit={send}>
        {save.isError && <Failed error={save.error} />}
        <Choices
          label={t('keep')}
          said
          value={how}
          onChange={(chosen: How) => setHow(chosen)}
          options={[
            { value: 'arrived', text: t('arrived'), more: t('arrivedMore') },
            { value: 'counted', text: t('counted'), more: t('countedMore') },
          ]}
        />
        <Field
          label={t(how === 'arrived' ? 'pieces' : 'still')}
          inputMode="numeric"
          value={wish}
          onChange={setWish}
          error={wish !== '' && wrong ? t('wrong', { least }) : null}
        />
        {how === 'counted' && (
          <Field label={t('why')} help={t('whyHelp')} maxLength={200} value={why} onChange={setWhy} />
        )}
      </form>
    </Dialog>
  );
}

function useSaving({ reward, title }: Stock, onDone: () => void) {
  const t = useWords(STOCK);
  const api = useApi();
  const locale = useLanguage();
  const known = useQueryClient();
  const tell = useToast();
  return useMutation({
    mutationFn: (body: News) =>
      answered(api.POST('/api/v1/stock/{reward}', { params: { path: { reward }, query: { locale } }, body })),
    // whoever was too late looks again
    onError: () => known.invalidateQueries({ queryKey: ['stock'] }),
    onSuccess: (answer) => {
      known.setQueryData(['stock', locale], answer);
      tell(t('saved', { title, n: answer.stocks.find((one) => one.reward === reward)?.left ?? 0 }));
      onDone();
    },
  });
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Button } from '../../kit/button.js';
import { Badge } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { KeepStock } from './keep-stock.js';
import { STOCK } from './stock-words.js';

export type Stock = operations['stock']['responses'][200]['content']['application/json']['stocks'][number];

export function useStock() {
  const api = useApi();
  const locale = useLanguage();
  return useQuery({
    queryKey: ['stock', locale],
    queryFn: () => answered(api.GET('/api/v1/stock', { params: { query: { locale } } })),
    refetchInterval: 30_000,
  });
}

const TONES = { plenty: 'good', low: 'warning', out: 'bad' } as const;

/** How many there are of a reward, and the way to say that it is otherwise. */
export function StockOf({ stock }: { stock: Stock }) {
  const t = useWords(STOCK);
  const format = useFormat();
  const may = useMay()('keep-stock');
  const [open, setOpen] = useState(false);
  const { taken, received, left, over, lasts, state, counted } = stock;
  const told = received > 0 || taken > 0;
  return (
    <div className="reward-stock">
      <div className="spread">
        <span>
          <Badge tone={TONES[state]}>{t('left', { n: left })}</Badge>{' '}
          {state === 'low' && <Badge tone="warning">{t('low')}</Badge>}
        </span>
        {may && (
          <Button look="quiet" onPress={() => setOpen(true)} aria-label={t('title', { title: stock.title })}>
            {t('keep')}
          </Button>
        )}
      </div>
      <small>
        {told ? t('of', { taken, received: format.number(received) }) : t('never')}
        {left > 0 && lasts !== null && `, ${t('lasts', { days: lasts })}`}
      </small>
      {over > 0 && <small>{t('over', { n: over })}</small>}
      {!counted && <small>{t(told ? 'notCounted' : 'byDraft')}</small>}
      {open && <KeepStock stock={stock} onDone={() => setOpen(false)} />}
    </div>
  );
}

import type { ReactNode } from 'react';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Card, Empty } from '../../kit/page.js';
import { useMay, useWords } from '../../shell/desk-context.js';
import { useLive, usePreview } from '../program/use-program.js';
import { isThing, type Thing } from '../program/form/form-model.js';
import { Causes } from './causes.js';
import { StockOf, useStock } from './stock.js';
import { STOCK } from './stock-words.js';
import { REWARDS } from './words.js';

/** Every reward as shoppers see it. */
export function Catalogue() {
  const t = useWords(REWARDS);
  const s = useWords(STOCK);
  const edit = useMay()('edit-drafts');
  const preview = usePreview({ of: { kind: 'live' } });
  const stocks = useStock().data?.stocks ?? [];
  const change = edit && (
    <LinkButton to="/rewards/draft" look="primary">
      {t('edit')}
    </LinkButton>
  );
  return (
    <Asked query={preview} rows={4}>
      {({ rewards }) =>
        rewards.length === 0 ? (
          <>
            <Causes />
            <NoRewards change={change} />
          </>
        ) : (
          <>
            <div className="actions rewards-actions">{change}</div>
            <div className="halves">
              {rewards.map(({ id, title, price, points, sentence }) => (
                <Card key={id} title={title}>
                  <p className="reward-price">{points === null ? t('from', { price }) : price}</p>
                  <p>{sentence}</p>
                  {stocks.map((stock) => stock.reward === id && <StockOf key={id} stock={stock} />)}
                </Card>
              ))}
              {stocks
                .filter(({ reward }) => !rewards.some(({ id }) => id === reward))
                .map((stock) => (
                  <Card key={stock.reward} title={s('draftTitle', { title: stock.title })}>
                    <StockOf stock={stock} />
                  </Card>
                ))}
            </div>
            <Causes />
          </>
        )
      }
    </Asked>
  );
}

/** That points need one, or that nothing here is for being spent: then what there is stands elsewhere. */
function NoRewards({ change }: { change: ReactNode }) {
  const t = useWords(REWARDS);
  const live = useLive();
  return (
    <Asked query={live} rows={2}>
      {({ file }) =>
        isSpent(file) ? (
          <Empty title={t('none')} action={change}>
            {t('noneMore')}
          </Empty>
        ) : (
          <Empty title={t('noneWanted')}>{t('noneWantedMore')}</Empty>
        )
      }
    </Asked>
  );
}

/** Whether a unit of the program is worth money, as the file writes it. */
function isSpent(file: Thing): boolean {
  const rules = file['rules'];
  const units = isThing(rules) ? rules['units'] : null;
  return (isThing(units) ? Object.values(units) : []).some(
    (unit) => isThing(unit) && unit['value'] !== undefined && !/^0*(\.0*)?$/.test(String(unit['value'])),
  );
}

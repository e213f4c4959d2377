import { Link } from 'react-router';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Card, Empty, Note } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { Given } from '../program/example-order.js';
import type { Thing } from '../program/form/form-model.js';
import { type Draft, usePreview } from '../program/use-program.js';
import { namesAsked } from './fit-to-shop.js';
import { SET_UP } from './words.js';

/** The store's own last orders, by the program that was chosen. */
export function TryIt({ draft, file }: { draft: Draft | null; file: Thing }) {
  const t = useWords(SET_UP);
  const format = useFormat();
  const preview = usePreview({ of: { kind: draft ? 'draft' : 'live' }, lastOrders: 5 });
  const may = useMay();
  const change = may('edit-drafts') && <LinkButton to="/rewards/draft?from=set-up">{t('rewardsChange')}</LinkButton>;
  const asked = namesAsked(file);
  return (
    <>
      {asked.length > 0 && (
        <Note tone="warning">
          {t('asksNames', { names: format.list(asked.map((name) => `“${name}”`)) })}{' '}
          {may('edit-drafts') && <Link to="/program/draft">{t('rulesChange')}</Link>}
        </Note>
      )}
      <Card title={t('rewardsHead')} actions={change}>
        <Asked query={preview} rows={4}>
          {({ rewards }) =>
            rewards.length === 0 ? (
              <Empty title={t('noRewards')}>{t('noRewardsMore')}</Empty>
            ) : (
              <ul className="rules-lines">
                {rewards.map(({ id, title, price }) => (
                  <li key={id} className="spread">
                    <span>{title}</span> <strong>{price}</strong>
                  </li>
                ))}
              </ul>
            )
          }
        </Asked>
      </Card>
      <Card title={t('lastOrders')}>
        <Asked query={preview} rows={5}>
          {({ orders }) =>
            orders.length === 0 ? (
              <Empty title={t('noOrders')}>{t('noOrdersMore')}</Empty>
            ) : (
              <Table
                label={t('lastOrders')}
                rows={orders}
                rowKey={({ at, name }) => `${at} ${name ?? ''}`}
                columns={[
                  { key: 'name', head: t('order'), cell: ({ name, at }) => name ?? format.day(at) },
                  { key: 'at', head: t('when'), wide: true, cell: ({ at }) => format.moment(at) },
                  {
                    key: 'total',
                    head: t('total'),
                    figure: true,
                    cell: ({ total }) => format.money(total.minor, total),
                  },
                  { key: 'gives', head: t('gives'), figure: true, cell: ({ tried }) => <Given tried={tried} /> },
                ]}
              />
            )
          }
        </Asked>
      </Card>
    </>
  );
}

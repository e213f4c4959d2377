import { Table } from '../../kit/table.js';
import { useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import type { BlocksProps } from './block.js';
import { promotionName } from './program-file.js';
import { REPORT } from './report-words.js';

type Named = BlocksProps & { unit: string };

/** Members for whom most changes, with what stays with them and what it is worth. Opened when asked for. */
export function Members({ report, simulation: { names }, unit, which }: Named & { which: 'losers' | 'winners' }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const rows = report[which];
  return (
    <details>
      <summary>{t(which === 'losers' ? 'seeLosers' : 'seeWinners', { n: rows.length })}</summary>
      <Table
        label={t(which)}
        rows={rows}
        rowKey={({ member }) => member}
        columns={[
          {
            key: 'member',
            head: t('member'),
            cell: ({ member }) =>
              names?.members[member]?.name ?? names?.members[member]?.email ?? t('someMember', { id: member }),
          },
          {
            key: 'points',
            head: t('points'),
            figure: true,
            cell: ({ stayed }) => format.signed(Number(stayed.after[unit] ?? 0) - Number(stayed.before[unit] ?? 0)),
          },
          {
            key: 'money',
            head: t('worth'),
            figure: true,
            cell: ({ money }) => format.money(money.after - money.before),
          },
          {
            key: 'tier',
            head: t('tier'),
            wide: true,
            cell: ({ tier }) => (tier.before === tier.after ? '' : `${tier.before ?? '–'} → ${tier.after ?? '–'}`),
          },
        ]}
      />
    </details>
  );
}

/** The orders that change most, each with the rule where the reasoning parts. */
export function Orders({ report, simulation: { names }, unit, draft }: Named) {
  const t = useWords(REPORT);
  const format = useFormat();
  const language = useLanguage();
  if (report.changedOrders.length === 0) return <p>{t('noOrders')}</p>;
  return (
    <Table
      label={t('orders')}
      rows={report.changedOrders}
      rowKey={({ order }) => order}
      columns={[
        {
          key: 'order',
          head: t('order'),
          cell: ({ order, member, placed }) => (
            <>
              {names?.orders[order] ?? order} {names?.members[member]?.name ?? ''}
              <br />
              <small>{format.moment(placed)}</small>
            </>
          ),
        },
        {
          key: 'before',
          head: t('now'),
          figure: true,
          wide: true,
          cell: ({ gives }) => format.number(gives.before[unit] ?? 0),
        },
        { key: 'after', head: t('then'), figure: true, cell: ({ gives }) => format.number(gives.after[unit] ?? 0) },
        {
          key: 'change',
          head: t('change'),
          figure: true,
          cell: ({ gives, money }) => (
            <>
              <strong>{format.signed(Number(gives.after[unit] ?? 0) - Number(gives.before[unit] ?? 0))}</strong>
              <br />
              <small>{format.money(money.after - money.before)}</small>
            </>
          ),
        },
        {
          key: 'rule',
          head: t('because'),
          wide: true,
          cell: ({ first }) => (first.rule === null ? '' : promotionName(draft.file, first.rule, language)),
        },
      ]}
    />
  );
}

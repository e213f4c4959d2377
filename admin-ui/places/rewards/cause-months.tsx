import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Card, Note } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { CAUSE_WORDS } from './cause-words.js';

type Answer = operations['causeMonth']['responses'][200]['content']['application/json'];
type Owed = Answer['causes'][number];

/** What a month comes to for each cause, and its receipts. */
export function CauseMonths() {
  const t = useWords(CAUSE_WORDS);
  const api = useApi();
  const locale = useLanguage();
  const [month, setMonth] = useState<string | undefined>();
  const query = useQuery({
    queryKey: ['cause-month', month, locale],
    queryFn: () =>
      answered(
        api.GET('/api/v1/causes/months', {
          params: { query: { locale, ...(month === undefined ? {} : { month }) } },
        }),
      ),
  });
  const shown = month ?? query.data?.month ?? '';
  return (
    <Card title={t('title')}>
      <p className="lead">{t('lead')}</p>
      <Field label={t('month')} type="month" value={shown} onChange={(one) => one !== '' && setMonth(one)} />
      <Asked query={query} rows={3}>
        {(answer) => <Month key={answer.month} answer={answer} />}
      </Asked>
    </Card>
  );
}

function Month({ answer }: { answer: Answer }) {
  const t = useWords(CAUSE_WORDS);
  const format = useFormat();
  const may = useMay()('pay-causes');
  const [paying, setPaying] = useState<Owed | null>(null);
  const { causes, receipts, payable, payableFrom } = answer;
  const money = (of: Owed['owed']) => format.money(of.minor, of);
  return (
    <div className="stack">
      {!payable && <Note tone="neutral">{t('soon', { day: format.day(payableFrom) })}</Note>}
      <Table
        label={t('title')}
        rows={causes}
        rowKey={({ cause }) => cause}
        columns={[
          { key: 'cause', head: t('cause'), cell: ({ name }) => name },
          { key: 'members', head: t('members'), figure: true, cell: ({ members }) => money(members) },
          { key: 'shop', head: t('shop'), figure: true, cell: ({ shop }) => money(shop) },
          { key: 'paid', head: t('paid'), figure: true, cell: ({ paid }) => money(paid) },
          { key: 'owed', head: t('owed'), figure: true, cell: ({ owed }) => money(owed) },
          ...(may && payable
            ? [
                {
                  key: 'pay',
                  head: '',
                  cell: (one: Owed) =>
                    one.owed.minor === '0' ? null : <Button onPress={() => setPaying(one)}>{t('pay')}</Button>,
                },
              ]
            : []),
        ]}
      />
      <h3>{t('receipts')}</h3>
      {receipts.length === 0 ? (
        <p className="muted">{t('none')}</p>
      ) : (
        <Table
          label={t('receipts')}
          rows={receipts}
          rowKey={({ id }) => id}
          columns={[
            { key: 'cause', head: t('cause'), cell: ({ name }) => name },
            { key: 'on', head: t('on'), cell: ({ on }) => format.date(on) },
            { key: 'reference', head: t('reference'), cell: ({ reference }) => reference },
            { key: 'members', head: t('members'), figure: true, cell: ({ members }) => money(members) },
            { key: 'shop', head: t('shop'), figure: true, cell: ({ shop }) => money(shop) },
          ]}
        />
      )}
      {paying && <Pay month={answer.month} owed={paying} onClose={() => setPaying(null)} />}
    </div>
  );
}

function Pay({ month, owed: { cause, name, owed }, onClose }: { month: string; owed: Owed; onClose(): void }) {
  const t = useWords(CAUSE_WORDS);
  const api = useApi();
  const format = useFormat();
  const known = useQueryClient();
  const toast = useToast();
  const [on, setOn] = useState('');
  const [reference, setReference] = useState('');
  const money = format.money(owed.minor, owed);
  const pay = useMutation({
    mutationFn: () =>
      answered(api.POST('/api/v1/causes/months', { body: { cause, month, owed: owed.minor, on, reference } })),
    onSuccess: () => {
      void known.invalidateQueries({ queryKey: ['cause-month'] });
      toast(t('noted', { money, cause: name }));
      onClose();
    },
  });
  const lacks = on === '' || reference.trim() === '';
  return (
    <Dialog
      title={t('payTitle', { money, cause: name })}
      open
      onClose={onClose}
      actions={
        <Button look="primary" isPending={pay.isPending} isDisabled={lacks} onPress={() => pay.mutate()}>
          {t('pay')}
        </Button>
      }
    >
      <div className="form">
        {pay.isError && <Failed error={pay.error} />}
        <Field label={t('on')} type="date" value={on} onChange={setOn} isRequired />
        <Field label={t('reference')} help={t('referenceHelp')} value={reference} onChange={setReference} isRequired />
      </div>
    </Dialog>
  );
}

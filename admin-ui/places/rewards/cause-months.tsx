import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, ApiError } from '../../api/client.js';
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

/** Where the browser has no field for months, somebody writes it bit by bit. */
const IS_MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

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
      <div className="stack">
        <p className="lead">{t('lead')}</p>
        <Field label={t('month')} type="month" value={shown} onChange={(one) => IS_MONTH.test(one) && setMonth(one)} />
        <Asked query={query} rows={3}>
          {(answer) => (
            <>
              <Owing owing={answer.owing.filter((one) => one.month !== answer.month)} look={setMonth} />
              <Month key={answer.month} answer={answer} />
            </>
          )}
        </Asked>
      </div>
    </Card>
  );
}

/** Other months that wait for their money, each with the way to it. */
function Owing({ owing, look }: { owing: Answer['owing']; look(month: string): void }) {
  const t = useWords(CAUSE_WORDS);
  const format = useFormat();
  if (owing.length === 0) return null;
  return (
    <Note tone="warning">
      <p>{t('owing')}</p>
      <div className="actions">
        {owing.map(({ month, owed }) => (
          <Button key={month} onPress={() => look(month)}>
            {t('owingOf', { month: format.month(month), money: format.money(owed.minor, owed) })}
          </Button>
        ))}
      </div>
    </Note>
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
  const [on, setOn] = useState(format.today());
  const [reference, setReference] = useState('');
  const money = format.money(owed.minor, owed);
  const pay = useMutation({
    mutationFn: () =>
      answered(api.POST('/api/v1/causes/months', { body: { cause, month, owed: owed.minor, on, reference } })),
    onError: () => void known.invalidateQueries({ queryKey: ['cause-month'] }),
    onSuccess: () => {
      void known.invalidateQueries({ queryKey: ['cause-month'] });
      toast(t('noted', { money, cause: name }));
      onClose();
    },
  });
  const later = on > format.today();
  const lacks = on === '' || later || reference.trim() === '';
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
        {pay.isError &&
          (isOutdated(pay.error) ? (
            <Note tone="bad" alert>
              {t('outdated')}
            </Note>
          ) : (
            <Failed error={pay.error} />
          ))}
        <Field label={t('on')} type="date" value={on} onChange={setOn} error={later ? t('later') : null} isRequired />
        <Field label={t('reference')} help={t('referenceHelp')} value={reference} onChange={setReference} isRequired />
      </div>
    </Dialog>
  );
}

/** Somebody noted it meanwhile, or an order changed what is owed. */
const isOutdated = (error: Error): boolean =>
  error instanceof ApiError && (error.code === 'sum_changed' || error.code === 'nothing_owed');

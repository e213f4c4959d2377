import { type FormEvent, useState } from 'react';
import { Failed } from '../../../kit/asked.js';
import { Button } from '../../../kit/button.js';
import { Field, Select } from '../../../kit/fields.js';
import { Card, Note } from '../../../kit/page.js';
import { Table } from '../../../kit/table.js';
import { useDesk, useWords } from '../../../shell/desk-context.js';
import { type ImportAnswer, type ImportsAnswer, type MappingWish, useImportActs } from './use-import.js';
import { DATA } from './words.js';

const FIELDS = ['email', 'points', 'name', 'firstName', 'lastName', 'phone', 'ends', 'level'] as const;
type Columns = Partial<Record<(typeof FIELDS)[number], number>>;
const DAYS = ['year-first', 'day-first', 'month-first'] as const;

interface Chosen {
  source: string;
  columns: Columns;
  days: (typeof DAYS)[number];
  unit: string;
  origin: string;
  reason: string;
}

/** The first rows of a file, and which column is what: proposed, and the owner's to say. */
export function MappingForm({ of, sources }: { of: ImportAnswer; sources: ImportsAnswer['sources'] }) {
  const t = useWords(DATA);
  const { check } = useImportActs(of.id);
  const [chosen, setChosen] = useState<Chosen>(() => begin(of, sources));
  const { columns } = chosen;
  const set = (change: Partial<Chosen>) => setChosen({ ...chosen, ...change });
  const source = sources.find(({ id }) => id === chosen.source);
  const isWhole = columns.email !== undefined && columns.points !== undefined && chosen.origin.trim() !== '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { days, unit, origin } = chosen;
    const reason = chosen.reason.trim() === '' ? t('reasonOf', { origin }) : chosen.reason;
    check.mutate({ columns: columns as MappingWish['columns'], days, unit, origin, reason });
  };
  return (
    <Card title={t('whichColumn')}>
      <FirstRows of={of} />
      <form className="form import-form" onSubmit={send}>
        {check.isError && <Failed error={check.error} />}
        <Select
          label={t('source')}
          value={chosen.source}
          onChange={(id) => {
            const name = sources.find((one) => one.id === id)?.name ?? '';
            set({ source: id, columns: of.proposals[id] ?? {}, origin: name });
          }}
          options={sources.map(({ id, name }) => ({ value: id, text: name ?? t('otherFile') }))}
        />
        {source && source.name !== null && source.described !== 'export' && (
          <Note tone="warning">{t(source.described === 'none' ? 'notDescribed' : 'importDescribed', { name: source.name })}</Note>
        )}
        <WhichColumns of={of} chosen={chosen} set={set} />
        <Field label={t('originLabel')} help={t('originHelp')} isRequired value={chosen.origin} onChange={(origin) => set({ origin })} />
        <Field
          label={t('reason')}
          help={t('reasonHelp')}
          placeholder={t('reasonOf', { origin: chosen.origin || '…' })}
          value={chosen.reason}
          onChange={(reason) => set({ reason })}
        />
         <Button look={of.state === 'checked' ? 'plain' : 'primary'} type="submit" isDisabled={!isWhole} isPending={check.isPending}>
          {t('check')}
        </Button>
      </form>
    </Card>
  );
}

function begin({ mapping, proposals }: ImportAnswer, sources: ImportsAnswer['sources']): Chosen {
  const fresh = { source: 'other', columns: proposals['other'] ?? {}, days: 'year-first', unit: 'points', origin: '', reason: '' } as const;
  const source = sources.find(({ name }) => name !== null && name === mapping?.origin)?.id ?? 'other';
  return mapping ? { ...fresh, source, ...mapping } : fresh;
}

function withColumn(columns: Columns, field: (typeof FIELDS)[number], at: string): Columns {
  const { [field]: _, ...others } = columns;
  return at === '' ? others : { ...others, [field]: Number(at) };
}

function FirstRows({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const rows = of.sample.map((cells, at) => ({ cells, at }));
  return (
    <Table
      label={t('firstRows')}
      rows={rows}
      rowKey={({ at }) => `${at}`}
      columns={of.columns.map((name, i) => ({
        key: `${i}`,
        head: name,
        cell: ({ cells }: (typeof rows)[number]) => cells[i] ?? '',
      }))}
    />
  );
}

function WhichColumns({ of, chosen, set }: { of: ImportAnswer; chosen: Chosen; set(change: Partial<Chosen>): void }) {
  const t = useWords(DATA);
  const { units } = useDesk().me.program;
  const { columns } = chosen;
  const choices = [{ value: '', text: t('noColumn') }, ...of.columns.map((name, at) => ({ value: `${at}`, text: name }))];
  return (
        <div className="halves import-columns">
          {FIELDS.map((field) => (
            <Select
              key={field}
              label={t(`field_${field}`)}
              value={columns[field] === undefined ? '' : `${columns[field]}`}
              onChange={(at) => set({ columns: withColumn(columns, field, at) })}
              options={choices}
            />
          ))}
          {columns.ends !== undefined && (
            <Select
              label={t('days')}
              value={chosen.days}
              onChange={(days) => set({ days })}
              options={DAYS.map((value) => ({ value, text: t(`days_${value}`) }))}
            />
          )}
          {units.length > 1 && (
            <Select
              label={t('unit')}
              value={chosen.unit}
              onChange={(unit) => set({ unit })}
              options={units.map(({ unit }) => ({ value: unit, text: unit }))}
            />
          )}
        </div>
  );
}

import { useState } from 'react';
import { Field, Select } from '../../kit/fields.js';
import { Badge, Card } from '../../kit/page.js';
import { useFormat as useFigures, useWords } from '../../shell/desk-context.js';
import { majorText, minorOf, type Thing } from './form/form-model.js';
import { type Preview, type Tried, usePreview, useRested } from './use-program.js';
import { PROGRAM } from './words.js';

/** An order that the owner makes up: what is live gives for it, and what the draft would. */
export function ExampleOrder({ file, draft }: { file: Thing; draft: Preview | undefined }) {
  const t = useWords(PROGRAM);
  const exponent = draft?.exponent ?? 2;
  const [text, setText] = useState(majorText(48 * 10 ** exponent, exponent));
  const [tier, setTier] = useState('');
  const amounts = text.split(/\s+/).flatMap((one) => minorOf(one, exponent) ?? []);
  const rested = useRested(JSON.stringify({ amounts, tier: tier === '' ? null : tier }));
  const order = JSON.parse(rested) as { amounts: number[]; tier: string | null };
  const asks = order.amounts.length > 0;
  const live = usePreview(asks ? { of: { kind: 'live' }, order } : null);
  const then = usePreview(asks ? { of: { kind: 'file', file }, order } : null);
  return (
    <Card title={t('example')}>
      <div className="form across">
        <Field
          label={t('amount')}
          value={text}
          onChange={setText}
          suffix={draft?.currency ?? ''}
          help={t('amountHelp')}
        />
        {draft && draft.tiers.length > 0 && (
          <Select
            label={t('tier')}
            value={tier === '' ? (draft.tiers[0]?.id ?? '') : tier}
            onChange={setTier}
            options={draft.tiers.map(({ id, name }) => ({ value: id, text: name }))}
          />
        )}
      </div>
      <div className="program-gives" aria-live="polite">
        <p>
          <small>{t('now')}</small>
          <Given tried={live.data?.order ?? null} />
        </p>
        <p>
          <small>{t('then')}</small>
          <Given tried={then.data?.order ?? null} />
          <Difference live={live.data?.order ?? null} draft={then.data?.order ?? null} />
        </p>
      </div>
      {then.data?.order && then.data.order.parts.length > 0 && (
        <details>
          <summary>{t('how')}</summary>
          <ul className="rules-lines">
            {then.data.order.parts.map((part, at) => (
              <li key={at}>{part}</li>
            ))}
            {then.data.order.missed.map(({ rule, sentence }) => (
              <li key={`missed ${rule}`} className="muted">
                {sentence}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}

/** What an order gives, in the program's own words and in money. */
export function Given({ tried }: { tried: Tried | null }) {
  const t = useWords(PROGRAM);
  const figures = useFigures();
  if (!tried || tried.gives.length === 0) return <strong>{t('nothing')}</strong>;
  return (
    <strong>
      {figures.list(
        tried.gives.map(({ text, worth }) =>
          worth === null ? text : t('worth', { points: text, money: figures.money(worth) }),
        ),
      )}
    </strong>
  );
}

function Difference({ live, draft }: { live: Tried | null; draft: Tried | null }) {
  const t = useWords(PROGRAM);
  const figures = useFigures();
  const sum = (tried: Tried | null, unit: string) => Number(tried?.gives.find((one) => one.unit === unit)?.points ?? 0);
  const units = [...new Set([...(live?.gives ?? []), ...(draft?.gives ?? [])].map(({ unit }) => unit))];
  const changed = units.map((unit) => sum(draft, unit) - sum(live, unit)).filter((by) => by !== 0);
  if (changed.length === 0) return <Badge>{t('same')}</Badge>;
  return changed.map((by, at) => (
    <Badge key={at} tone={by > 0 ? 'good' : 'bad'}>
      {figures.signed(by)}
    </Badge>
  ));
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Badge, Card } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useDesk, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { HowWeKnow } from './how-we-know.js';
import { TARGETS } from './targets-words.js';

type Target = operations['targets']['responses'][200]['content']['application/json']['targets'][number];
type Measured = Target['now'];

/** What the owner aims at, beside what happened. */
export function Targets() {
  const t = useWords(TARGETS);
  const api = useApi();
  const query = useQuery({ queryKey: ['targets'], queryFn: () => answered(api.GET('/api/v1/reports/targets')) });
  return (
    <Card title={t('title')}>
      <Asked query={query} rows={4}>
        {({ targets }) => (
          <div className="stack">
            {targets.map((target) => (
              <One key={`${target.what} ${target.aim}`} target={target} />
            ))}
            <HowWeKnow>{t('how')}</HowWeKnow>
          </div>
        )}
      </Asked>
    </Card>
  );
}

const TONES = { reached: 'good', missed: 'warning', open: 'neutral' } as const;

function One({ target }: { target: Target }) {
  const t = useWords(TARGETS);
  const format = useFormat();
  const may = useMay()('set-targets');
  const [changes, setChanges] = useState(false);
  const { what, aim, now, before, verdict, days } = target;
  const shown = (value: number) => (what === 'came-back' ? format.percent(value) : format.money(Math.round(value)));
  const range = (one: NonNullable<Measured>) => `${shown(one.low)} – ${shown(one.high)}`;
  const subtitle = t(what === 'came-back' ? 'cameBackOf' : 'orderValueOf', { days });
  const rows = [
    ...(aim === null ? [] : [{ key: 'aim', name: t('aim'), value: aim, text: shown(aim), tone: 'neutral' as const }]),
    ...(now ? [{ key: 'now', name: t('now'), value: now.value, text: `${shown(now.value)} (${range(now)})` }] : []),
    ...(before
      ? [{ key: 'before', name: t('before'), value: before.value, text: `${shown(before.value)} (${range(before)})` }]
      : []),
  ];
  const headline = (
    <>
      {aim === null
        ? t('noAim', { what: t(what) })
        : now === null
          ? t('tooFew', { what: t(what), aim: shown(aim) })
          : t('head', { what: t(what), now: shown(now.value), aim: shown(aim) })}{' '}
      {verdict && <Badge tone={TONES[verdict]}>{t(verdict)}</Badge>}
    </>
  );
  return (
    <div>
      {rows.length === 0 ? (
        <p>
          <strong>{headline}</strong>
        </p>
      ) : (
        <ChartFrame
          headline={headline}
          subtitle={subtitle}
          file={`goal-${what}`}
          table={{ head: ['', t('figure')], rows: rows.map(({ name, text }) => [name, text]) }}
        >
          <BarChart
            label={subtitle}
            bars={rows.map((row) => ({ ...row, value: row.value * (what === 'came-back' ? 1000 : 1) }))}
          />
        </ChartFrame>
      )}
      {may && !changes && (
        <Button look="quiet" onPress={() => setChanges(true)}>
          {t(aim === null ? 'set' : 'change')}
        </Button>
      )}
      {may && changes && <Change target={target} onDone={() => setChanges(false)} />}
    </div>
  );
}

function Change({ target: { what, aim }, onDone }: { target: Target; onDone(): void }) {
  const t = useWords(TARGETS);
  const { me } = useDesk();
  const { exponent, currency } = me.program;
  const scale = 10 ** exponent;
  const shown = aim === null ? '' : `${what === 'came-back' ? Math.round(aim * 1000) / 10 : aim / scale}`;
  const [wish, setWish] = useState(shown);
  const save = useSaving(what, onDone);
  const figure = Number(wish.replace(',', '.'));
  const wrong = wish.trim() === '' || !Number.isFinite(figure) || figure <= 0 || (what === 'came-back' && figure > 100);
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(what === 'came-back' ? figure / 100 : Math.round(figure * scale));
  };
  return (
    <form className="form" onSubmit={send}>
      {save.isError && <Failed error={save.error} />}
      <Field
        label={t('aimLabel', { what: t(what) })}
        suffix={what === 'came-back' ? '%' : currency}
        inputMode="decimal"
        value={wish}
        error={wish !== '' && wrong ? t(what === 'came-back' ? 'wrongShare' : 'wrongMoney') : null}
        onChange={setWish}
      />
      <div className="actions">
        <Button type="submit" isPending={save.isPending} isDisabled={wrong}>
          {t('save')}
        </Button>
        {aim !== null && (
          <Button look="quiet" isPending={save.isPending} onPress={() => save.mutate(null)}>
            {t('forget')}
          </Button>
        )}
        <Button look="quiet" onPress={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

function useSaving(what: Target['what'], onDone: () => void) {
  const t = useWords(TARGETS);
  const api = useApi();
  const known = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (aim: number | null) => answered(api.PUT('/api/v1/reports/targets', { body: { what, aim } })),
    onSuccess: (answer, aim) => {
      known.setQueryData(['targets'], answer);
      toast(t(aim === null ? 'forgot' : 'saved', { what: t(what) }));
      onDone();
    },
  });
}

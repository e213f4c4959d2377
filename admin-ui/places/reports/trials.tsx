import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { BarChart } from '../../charts/bar-chart.js';
import { ChartFrame } from '../../charts/chart-frame.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Badge, Card, Empty } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { BeginTrial } from './begin-trial.js';
import { HowWeKnow } from './how-we-know.js';
import { TRIALS } from './trials-words.js';

type Answer = operations['trials']['responses'][200]['content']['application/json'];
type Trial = Answer['trials'][number];
type Side = Trial['sides'][number];
type Difference = NonNullable<Trial['differences'][number]['difference']>;

/** Two variants of a reward side by side, and whether the difference is real. */
export function Trials() {
  const t = useWords(TRIALS);
  const api = useApi();
  const locale = useLanguage();
  const may = useMay()('publish');
  const [begins, setBegins] = useState(false);
  const query = useQuery({
    queryKey: ['trials', locale],
    queryFn: () => answered(api.GET('/api/v1/reports/trials', { params: { query: { locale } } })),
  });
  return (
    <Asked query={query} rows={8}>
      {({ trials, rewards }) => {
        const begin = may && rewards.length > 1 && !begins && (
          <Button onPress={() => setBegins(true)}>{t('begin')}</Button>
        );
        return (
          <>
            {begins && <BeginTrial rewards={rewards} onDone={() => setBegins(false)} />}
            {trials.length === 0 && !begins ? (
              <Card>
                <Empty title={t('none')} action={begin}>
                  {t(rewards.length > 1 ? 'noneMore' : 'tooFewRewards')}
                </Empty>
              </Card>
            ) : (
              begin && <div className="actions report-begin">{begin}</div>
            )}
            {trials.map((trial) => (
              <One key={trial.id} trial={trial} />
            ))}
          </>
        );
      }}
    </Asked>
  );
}

/** How figures of a measure are written: shares or money a member. */
function useMeasure(measure: Trial['measure']) {
  const t = useWords(TRIALS);
  const format = useFormat();
  const isMoney = measure === 'brought';
  const tenths = (n: number) => format.number(Math.round(n * 1000) / 10);
  const value = ({ members, brought, ...side }: Side): number =>
    measure === 'brought' ? (brought ?? 0) : members === 0 ? 0 : side[measure] / members;
  return {
    value,
    shown: (side: Side) => (isMoney ? format.money(Math.round(value(side))) : format.percent(value(side))),
    // the difference of two shares is in points, not in per cent of either
    size: (n: number) => (isMoney ? format.money(Math.round(n)) : t('points', { value: tenths(n) })),
    // in a range the unit stands once, before it
    bare: (n: number) => (isMoney ? format.money(Math.round(n)) : tenths(n)),
  };
}

function One({ trial }: { trial: Trial }) {
  const t = useWords(TRIALS);
  const format = useFormat();
  const { name, measure, sides, differences, verdict, began, ends, closed } = trial;
  const { value, shown, size, bare } = useMeasure(measure);
  const until = closed !== null && closed < ends ? closed : ends;
  const subtitle = t('subtitle', { measure: t(measure), from: format.day(began), to: format.day(until) });
  const title = ({ title: text, offered }: Side) => (offered ? text : t('gone', { title: text }));
  const isReal = verdict === 'one' || verdict === 'other';
  const tone = verdict === 'running' ? 'neutral' : isReal ? 'good' : 'warning';
  const state = verdict === 'running' ? 'isRunning' : isReal ? 'real' : verdict === 'none' ? 'notReal' : 'isOver';
  const rangeOf = (one: Difference) => t('range', { value: size(one.value), low: bare(one.low), high: bare(one.high) });
  const deciding = differences.find((one) => one.measure === measure)?.difference ?? null;
  return (
    <Card title={name} actions={<Badge tone={tone}>{t(state)}</Badge>}>
      <ChartFrame
        headline={<Headline trial={trial} deciding={deciding} />}
        subtitle={subtitle}
        file={`rewards-compared-${began.slice(0, 10)}`}
        table={{
          head: [
            t('side'),
            ...(['members', 'usedIt', 'times', 'off', 'didBuy', 'perMember'] as const).map((key) => t(key)),
          ],
          rows: sides.map((side) => [
            title(side),
            ...[side.members, side.taken, side.times].map(format.number),
            ...[format.money(side.off), format.number(side.bought), format.money(Math.round(side.brought ?? 0))],
          ]),
        }}
      >
        <BarChart
          label={subtitle}
          bars={sides.map((side, nth) => ({
            key: side.reward,
            name: title(side),
            // shares are compared from zero, whatever their size
            value: value(side) * (measure === 'brought' ? 1 : 1000),
            tone: verdict === (nth === 0 ? 'one' : 'other') ? 'good' : 'neutral',
            text: t('barText', { share: shown(side), n: side.members }),
          }))}
        />
      </ChartFrame>
      {deciding && (
        <p>{t('against', { one: sides[0]?.title ?? '', other: sides[1]?.title ?? '', range: rangeOf(deciding) })}</p>
      )}
      {verdict === 'none' && deciding && (
        <p className="lead">{t('visible', { by: size((deciding.high - deciding.low) / 2) })}</p>
      )}
      {closed === null && verdict !== 'running' && <p className="lead">{t('openStill')}</p>}
      <HowWeKnow>{t('how')}</HowWeKnow>
      {closed === null && <End trial={trial} />}
    </Card>
  );
}

function Headline({
  trial: { verdict, sides, ends, measure },
  deciding,
}: {
  trial: Trial;
  deciding: Difference | null;
}) {
  const t = useWords(TRIALS);
  const format = useFormat();
  const { size, bare } = useMeasure(measure);
  if (verdict === 'running') return t('running', { ends: format.day(ends) });
  if (verdict === 'cut-short') return t('cutShort');
  if (verdict === 'too-few' || deciding === null) return t('tooFew');
  if (verdict === 'none') return t('alike');
  const better = sides[verdict === 'one' ? 0 : 1];
  const [low = 0, high = 0] = [Math.abs(deciding.low), Math.abs(deciding.high)].sort((a, b) => a - b);
  return t('better', {
    title: better?.title ?? '',
    by: size(Math.abs(deciding.value)),
    low: bare(low),
    high: bare(high),
  });
}

function End({ trial: { id, name, verdict } }: { trial: Trial }) {
  const t = useWords(TRIALS);
  const api = useApi();
  const known = useQueryClient();
  const toast = useToast();
  const may = useMay()('publish');
  const [asks, setAsks] = useState(false);
  const close = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/reports/trials/{trial}/closed', { params: { path: { trial: id } } })),
    onSuccess: async () => {
      await known.invalidateQueries({ queryKey: ['trials'] });
      toast(t('ended', { name }));
      setAsks(false);
    },
  });
  if (!may) return null;
  return (
    <div className="actions">
      <Button look="quiet" onPress={() => setAsks(true)}>
        {t('end')}
      </Button>
      <Dialog
        title={t('endTitle', { name })}
        open={asks}
        onClose={() => setAsks(false)}
        actions={
          <Button look="danger" isPending={close.isPending} onPress={() => close.mutate()}>
            {t('end')}
          </Button>
        }
      >
        <p>{t(verdict === 'running' ? 'endEarly' : 'endLate')}</p>
        {close.isError && <Failed error={close.error} />}
      </Dialog>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Badge, Card, Note } from '../../kit/page.js';
import { Progress } from '../../kit/progress.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { PROMISES } from './promise-words.js';
import { LEDGER } from './words.js';

type Promised = operations['ledger']['responses'][200]['content']['application/json']['promises'][number];
type Checked = operations['promise']['responses'][200]['content']['application/json'];

/** Each promise of the books, checked now, one after the other, on all of them. */
export function Proof() {
  const api = useApi();
  const query = useQuery({ queryKey: ['ledger'], queryFn: () => answered(api.GET('/api/v1/ledger')) });
  return (
    <Asked query={query} rows={12}>
      {({ promises }) => <Promises promises={promises} />}
    </Asked>
  );
}

function Promises({ promises }: { promises: readonly Promised[] }) {
  const t = useWords(LEDGER);
  const format = useFormat();
  const { checked, running, failed, check, stop, at } = useChecking(promises);
  const broken = [...checked.values()].filter(({ holds }) => !holds).length;
  const all = checked.size === promises.length;
  return (
    <Card
      title={t('proof')}
      actions={
        running ? (
          <Button onPress={stop}>{t('stop')}</Button>
        ) : (
          <Button look="primary" onPress={() => void check()}>
            {t('checkNow')}
          </Button>
        )
      }
    >
      {failed && <Failed error={failed} again={() => void check()} />}
      {running ? (
        <Progress
          label={t('checking', { done: checked.size, all: promises.length })}
          share={checked.size / promises.length}
        />
      ) : (
        <Note tone={checked.size === 0 ? 'neutral' : broken > 0 ? 'bad' : 'good'} alert={broken > 0}>
          {checked.size === 0 || (!all && broken === 0)
            ? t('unchecked')
            : broken > 0
              ? t('someBroken', { n: broken })
              : t('allHold')}
          {all && at !== null && <small> {format.moment(at)}</small>}
        </Note>
      )}
      <ul className="rules-lines">
        {promises.map((promise) => (
          <Line key={promise.rule} promise={promise} checked={checked.get(promise.rule)} />
        ))}
      </ul>
    </Card>
  );
}

function Line({ promise: { rule, says }, checked }: { promise: Promised; checked: Checked | undefined }) {
  const t = useWords(LEDGER);
  const say = useWords(PROMISES);
  const known = Object.hasOwn(PROMISES.en, rule);
  return (
    <li>
      <div className="spread">
        <span>{known ? say(rule) : says}</span>
        {checked && (
          <Badge tone={checked.holds ? 'good' : 'bad'}>
            {checked.holds ? `✓ ${t('holds')}` : `✕ ${t('broken', { n: checked.breaches })}`}
          </Badge>
        )}
      </div>
      {checked && !checked.holds && (
        <small>
          {t('first')} <code>{JSON.stringify(checked.first)}</code>
        </small>
      )}
    </li>
  );
}

/** Asks for one promise after the other, and stops when told to or when the service cannot be reached. */
function useChecking(promises: readonly Promised[]) {
  const api = useApi();
  const { now } = useFormat();
  const [checked, setChecked] = useState<ReadonlyMap<string, Checked>>(new Map());
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<Error | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const stopped = useRef(false);
  const check = async () => {
    stopped.current = false;
    setChecked(new Map());
    setFailed(null);
    setRunning(true);
    try {
      for (const { rule } of promises) {
        if (stopped.current) break;
        const found = await answered(api.GET('/api/v1/ledger/promises/{rule}', { params: { path: { rule } } }));
        setChecked((now) => new Map(now).set(rule, found));
      }
      setAt(now());
    } catch (error) {
      setFailed(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setRunning(false);
    }
  };
  const stop = () => {
    stopped.current = true;
  };
  return { checked, running, failed, check, stop, at };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field, Select } from '../../kit/fields.js';
import { KIT } from '../../kit/words.js';
import { Card } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useWords } from '../../shell/desk-context.js';
import { TRIALS } from './trials-words.js';

type Answer = operations['trials']['responses'][200]['content']['application/json'];
const MEASURES = ['brought', 'bought', 'taken'] as const;

/** What is compared, what decides, and how long: set before anything is seen. */
export function BeginTrial({ rewards, onDone }: { rewards: Answer['rewards']; onDone(): void }) {
  const t = useWords(TRIALS);
  const kit = useWords(KIT);
  const api = useApi();
  const known = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [one, setOne] = useState(rewards[0]?.reward ?? '');
  const [other, setOther] = useState(rewards[1]?.reward ?? '');
  const [measure, setMeasure] = useState<(typeof MEASURES)[number]>('brought');
  const [text, setText] = useState('60');
  const days = Number(text);
  const wrongDays = !Number.isInteger(days) || days < 14 || days > 365;
  const begin = useMutation({
    mutationFn: () =>
      answered(api.POST('/api/v1/reports/trials', { body: { name: name.trim(), one, other, measure, days } })),
    onSuccess: async () => {
      await known.invalidateQueries({ queryKey: ['trials'] });
      toast(t('started', { name: name.trim() }));
      onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };
  const options = rewards.map(({ reward, title }) => ({ value: reward, text: title }));
  return (
    <Card title={t('begin')}>
      <p className="lead">{t('beginMore')}</p>
      <form className="form" onSubmit={send}>
        {begin.isError && <Failed error={begin.error} />}
        <Field label={t('name')} value={name} onChange={setName} />
        <Select label={t('one')} value={one} onChange={setOne} options={options} />
        <Select label={t('other')} value={other} onChange={setOther} options={options} />
        {one === other && <p role="alert">{t('same')}</p>}
        <Select<(typeof MEASURES)[number]>
          label={t('measure')}
          value={measure}
          onChange={setMeasure}
          options={MEASURES.map((value) => ({ value, text: t(value) }))}
        />
        <Field
          label={t('days')}
          inputMode="numeric"
          value={text}
          onChange={setText}
          error={wrongDays ? t('wrongDays') : null}
        />
        <div className="actions">
          <Button
            type="submit"
            look="primary"
            isPending={begin.isPending}
            isDisabled={name.trim() === '' || one === other || wrongDays}
          >
            {t('start')}
          </Button>
          <Button look="quiet" onPress={onDone}>
            {kit('cancel')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

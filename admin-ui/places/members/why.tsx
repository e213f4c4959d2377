import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { SearchField } from '../../kit/fields.js';
import { Badge, Card, Empty, type Tone } from '../../kit/page.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { MEMBERS } from './words.js';

const TONES: Record<'applied' | 'not-met' | 'excluded', Tone> = {
  applied: 'good',
  'not-met': 'warning',
  excluded: 'neutral',
};
const WORDS = { applied: 'applied', 'not-met': 'notMet', excluded: 'excluded' } as const;

/** Why an order gave what it gave, or nothing: the verdict of each rule. */
export function Why({ id }: { id: string }) {
  const t = useWords(MEMBERS);
  const api = useApi();
  const format = useFormat();
  const locale = useLanguage();
  const [search, setSearch] = useSearchParams();
  const order = search.get('why') ?? '';
  const [text, setText] = useState(order);
  const query = useQuery({
    queryKey: ['member-why', id, order, locale],
    queryFn: () =>
      answered(api.GET('/api/v1/members/{id}/why', { params: { path: { id }, query: { order, locale } } })),
    enabled: order !== '',
  });
  const ask = (wanted: string) => {
    const next = new URLSearchParams(search);
    if (wanted.trim() === '') next.delete('why');
    else next.set('why', wanted.trim());
    setSearch(next, { replace: true });
  };
  return (
    <Card title={t('why')}>
      <SearchField
        label={t('whyField')}
        value={text}
        onChange={(now) => (setText(now), now === '' && ask(''))}
        onSubmit={ask}
      />
      {order !== '' && (
        <Asked query={query}>
          {({ answers }) =>
            answers.length === 0 ? (
              <Empty title={t('noOrder', { text: order })} />
            ) : (
              answers.map((answer) => (
                <section key={answer.order} aria-label={answer.order} className="member-answer">
                  <h3>
                    {answer.order} · {format.moment(answer.at)} ·{' '}
                    {Object.entries(answer.gives)
                      .map(([unit, points]) => format.points(points, unit))
                      .join(', ') || t('nothing')}
                  </h3>
                  {answer.reason !== null && <p>{answer.reason}</p>}
                  <ul className="member-verdicts">
                    {answer.verdicts.map(({ rule, verdict, sentence }, n) => (
                      <li key={`${rule}-${n}`}>
                        <Badge tone={TONES[verdict]}>{t(WORDS[verdict])}</Badge>
                        <span>{sentence}</span>
                      </li>
                    ))}
                  </ul>
                </section>
              ))
            )
          }
        </Asked>
      )}
    </Card>
  );
}

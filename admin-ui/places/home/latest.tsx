import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { Card, Empty } from '../../kit/page.js';
import { useApi, useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { HOME } from './words.js';

const KINDS = {
  order: 'kindOrder',
  join: 'kindJoin',
  review: 'kindReview',
  referral: 'kindReferral',
  friend: 'kindReferral',
  redemption: 'kindRedemption',
  adjust: 'kindAdjust',
  allowance: 'kindAllowance',
  convert: 'kindConvert',
  goal: 'kindGoal',
  birthday: 'kindBirthday',
  send: 'kindSend',
  card: 'kindCard',
} as const;
const kindOf = (kind: string) =>
  Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : ('kindOther' as const);

/** What happened last: who, what, how many points, each a door to the member. */
export function Latest() {
  const t = useWords(HOME);
  const format = useFormat();
  const api = useApi();
  const { me } = useDesk();
  // a unit that the program had before is not taken for the one that it has
  const { units } = me.program;
  const isTheOne = (unit: string) => units.length === 1 && units[0]?.unit === unit;
  const query = useQuery({
    queryKey: ['latest'],
    queryFn: () => answered(api.GET('/api/v1/latest', { params: { query: { limit: 10 } } })),
    refetchInterval: 10_000,
  });
  return (
    <Card title={t('now')}>
      <Asked query={query} rows={5}>
        {({ moves }) =>
          moves.length === 0 ? (
            <Empty title={t('quiet')} />
          ) : (
            <ul className="rules-lines">
              {moves.map(({ at, kind, about, member, name, unit, points, worth }) => (
                <li key={`${at} ${member} ${kind} ${unit}`} className="spread need">
                  <span>
                    <small>{format.moment(at)}</small>
                    <br />
                    <Link to={`/members/${member}`}>{name ?? t('someone')}</Link>,{' '}
                    {about === null ? t(kindOf(kind)) : t('order', { about })}
                  </span>
                  <span className={`figures in-a-line ${points.startsWith('-') ? 'lost' : 'gained'}`}>
                    {format.signed(points)}{' '}
                    <small>
                      {[
                        ...(isTheOne(unit) ? [] : [format.unitName(unit, points)]),
                        ...(Number(worth) === 0 ? [] : [format.money(worth)]),
                      ].join(' · ')}
                    </small>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Card>
  );
}

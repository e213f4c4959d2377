import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { operations } from '../../api/schema.js';
import { Card, Fact } from '../../kit/page.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import { HOME } from './words.js';

export type Overview = operations['overview']['responses'][200]['content']['application/json'];

/** The figures of the period, each beside the period before, each a door to what it is made of. */
export function Facts({ overview }: { overview: Overview }) {
  const t = useWords(HOME);
  const format = useFormat();
  const { now, before } = overview;
  const was = (unit: string) => before.flows.find((flow) => flow.unit === unit);
  return (
    <Card>
      <dl className="facts">
        <Door name={t('orders')} to="/reports" figure={format.number(now.giving)}>
          {t('ofOrders', { n: now.orders })} · {t('before', { was: format.number(before.giving) })}
        </Door>
        {now.flows.map(({ unit, given }) => (
          <Door key={unit} name={t('given')} to="/ledger" figure={format.points(given, unit)}>
            {t('before', { was: format.points(was(unit)?.given ?? 0, unit) })}
          </Door>
        ))}
        {now.flows.map(({ unit, used }) => (
          <Door key={unit} name={t('used')} to="/rewards" figure={format.points(used, unit)}>
            {t('before', { was: format.points(was(unit)?.used ?? 0, unit) })}
          </Door>
        ))}
        {overview.open.map(({ unit, points, worth }) => (
          <Door key={unit} name={t('open')} to="/ledger" figure={format.points(points, unit)}>
            {format.money(worth)} · {t('openMore')}
          </Door>
        ))}
        <Door name={t('joined')} to="/members" figure={format.number(now.joined)}>
          {t('members', { n: overview.members })} · {t('before', { was: format.number(before.joined) })}
        </Door>
      </dl>
    </Card>
  );
}

function Door({ name, to, figure, children }: { name: string; to: string; figure: string; children: ReactNode }) {
  return (
    <Fact name={name}>
      <Link to={to}>{figure}</Link>
      <small>{children}</small>
    </Fact>
  );
}

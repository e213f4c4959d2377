import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { operations } from '../../api/schema.js';
import { Card, Fact } from '../../kit/page.js';
import { useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { HOME } from './words.js';

export type Overview = operations['overview']['responses'][200]['content']['application/json'];

/** The figures of the period, each beside the period before, each a door to what it is made of. */
export function Facts({ overview }: { overview: Overview }) {
  const t = useWords(HOME);
  const format = useFormat();
  const { now, before } = overview;
  const { me } = useDesk();
  // the program's own order; what nobody was given yet is nothing to tell of
  const units = me.program.units
    .map(({ unit }) => unit)
    .filter((unit) => [now.flows, overview.open].some((list) => list.some((one) => one.unit === unit)));
  return (
    <Card>
      <dl className="facts">
        <Door name={t('orders')} to="/reports" figure={format.number(now.giving)}>
          {t('ofOrders', { n: now.orders })} · {t('before', { was: format.number(before.giving) })}
        </Door>
        <Door name={t('joined')} to="/members" figure={format.number(now.joined)}>
          {t('members', { n: overview.members })} · {t('before', { was: format.number(before.joined) })}
        </Door>
      </dl>
      {units.map((unit) => (
        <dl key={unit} className="facts">
          <OfUnit unit={unit} overview={overview} />
        </dl>
      ))}
    </Card>
  );
}

/** Of one unit, a line: what was given and used of it, and what is open. */
function OfUnit({ unit, overview: { now, before, open } }: { unit: string; overview: Overview }) {
  const t = useWords(HOME);
  const format = useFormat();
  const [is, was] = [now, before].map(({ flows }) => flows.find((flow) => flow.unit === unit));
  const held = open.find((one) => one.unit === unit);
  return (
    <>
      <Door name={t('given')} to="/ledger" figure={format.points(is?.given ?? 0, unit)}>
        {t('before', { was: format.points(was?.given ?? 0, unit) })}
      </Door>
      <Door name={t('used')} to="/rewards" figure={format.points(is?.used ?? 0, unit)}>
        {t('before', { was: format.points(was?.used ?? 0, unit) })}
      </Door>
      <Door name={t('open')} to="/ledger" figure={format.points(held?.points ?? 0, unit)}>
        {format.money(held?.worth ?? 0)} · {t('openMore')}
      </Door>
    </>
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

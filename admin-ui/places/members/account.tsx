import { Card } from '../../kit/page.js';
import { useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { ACCOUNT } from './account-words.js';
import { Household } from './household.js';
import type { Person } from './member-page.js';
import { MEMBERS } from './words.js';

/** What they have of each unit, with money beside it, and of what it is made. */
export function Account({ person }: { person: Person }) {
  const t = useWords(MEMBERS);
  const { me } = useDesk();
  const units = me.program.units.map(({ unit }) => unit).filter((unit) => person.balances[unit] !== undefined);
  const format = useFormat();
  // what they never had needs no line of its own; the first unit is what the program is about
  const had = units.filter((unit, nth) => nth === 0 || !isUntouched(person, unit));
  const none = units.filter((unit) => !had.includes(unit));
  const former = Object.keys(person.balances).filter((unit) => !units.includes(unit));
  return (
    <Card title={t('account')}>
      {person.at === null && <Household id={person.id} />}
      {had.map((unit) => (
        <Unit key={unit} unit={unit} person={person} />
      ))}
      {former.map((unit) => (
        <Unit key={unit} unit={unit} person={person} former />
      ))}
      {none.length > 0 && <p className="lead">{none.map((unit) => format.points(0, unit)).join(' · ')}</p>}
      {person.ladder?.sentence && <p>{person.ladder.sentence}</p>}
      {person.goals.map((goal) => (
        <p key={goal.id}>
          <strong>{goal.name}</strong>: {goal.sentence}
        </p>
      ))}
    </Card>
  );
}

function isUntouched({ balances, parts }: Person, unit: string): boolean {
  const { available, pending, held, debt } = balances[unit] ?? {};
  return [available, pending, held, debt].every((n) => n === '0') && !parts.some((part) => part.unit === unit);
}

/** Sums that are the same in the reader's words stand as one. */
const GROUPS = {
  order: 'ofOrders',
  redemption: 'ofUse',
  adjust: 'ofHand',
  join: 'ofJoining',
  referral: 'ofFriends',
  friend: 'ofFriends',
  allowance: 'ofAllowance',
  convert: 'ofConverting',
  goal: 'ofGoals',
  review: 'ofReviews',
  birthday: 'ofBirthday',
  send: 'ofSending',
  card: 'ofCards',
} as const;
const groupOf = (cause: string, kind: string) =>
  kind === 'expire' ? 'ofExpiry' : (GROUPS[cause as keyof typeof GROUPS] ?? 'ofOther');

function Unit({ unit, person, former = false }: { unit: string; person: Person; former?: boolean }) {
  const t = useWords(ACCOUNT);
  const format = useFormat();
  const balance = person.balances[unit];
  if (!balance) return null;
  const sums = new Map<ReturnType<typeof groupOf>, bigint>();
  for (const part of person.parts.filter((one) => one.unit === unit)) {
    const group = groupOf(part.cause, part.kind);
    sums.set(group, (sums.get(group) ?? 0n) + BigInt(part.points));
  }
  const total = [...sums.values()].reduce((sum, points) => sum + points, 0n);
  const has = BigInt(balance.available) + BigInt(balance.pending) - BigInt(balance.debt);
  const rest = [
    ...(balance.pending === '0' ? [] : [t('onTheWay', { points: format.points(balance.pending, unit) })]),
    ...(balance.held === '0' ? [] : [t('reserved', { points: format.points(balance.held, unit) })]),
    ...(balance.debt === '0' ? [] : [t('owed', { points: format.points(balance.debt, unit) })]),
    ...(balance.nextToEnd
      ? [t('endsNext', { points: format.points(balance.nextToEnd.points, unit), at: format.day(balance.nextToEnd.at) })]
      : []),
  ];
  return (
    <div className="member-unit">
      <p>
        <strong className="member-has">{format.points(balance.available, unit)}</strong>
        {balance.worth && ` (${format.money(balance.worth.minor, balance.worth)})`}
        {rest.length > 0 && ` · ${rest.join(' · ')}`}
      </p>
      {former && <p>{t('former')}</p>}
      {sums.size > 0 && (
        <p className="lead">
          {t('madeOf', {
            parts: [...sums].map(([group, points]) => `${format.signed(points)}\u00a0${t(group)}`).join(', '),
            total: format.number(total),
          })}{' '}
          {total === has ? t('addsUp') : t('differs', { has: format.number(has) })}
        </p>
      )}
    </div>
  );
}

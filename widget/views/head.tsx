import type { Member, UnitBalance } from '../answers.js';
import { needsNoCart } from '../redeeming.js';
import type { Scene } from '../scene.js';
import { joining } from './join.js';
import { Bar, Card, Door, Mark, Row, signIn, signInAt } from './pieces.js';

/** The head of everything: whose program, which level, what there is, and how far it is to the next reward. */
export function head(s: Scene, member: Member) {
  const { words, program } = s;
  const [[unit, balance] = [], ...others] = Object.entries(member.balances);
  const level = member.ladder?.levels.find(({ id }) => id === member.tier);
  return (
    <>
      {s.client.staleAt > 0 && <p class="trouble">{since(s)}</p>}
      <section class="hero">
        <Mark kind="ghost" />
        <p class="row">
          <span class="name">{program.name}</span>
          {level && <b class="chip">{level.name}</b>}
        </p>
        {balance && unit && (
          <>
            {balanceDoor(s, unit, balance)}
            {onTheWay(s, unit, balance)}
            {nextReward(s, unit, Number(balance.available))}
          </>
        )}
        {member.donated && <p>{member.donated}</p>}
        {member.membership && <p>{words.say('paid', { date: words.date(member.membership.until) })}</p>}
      </section>
      {others.length > 0 && <Card>{others.map(([one, of]) => balanceDoor(s, one, of))}</Card>}
    </>
  );
}

/** What is shown is the last that was known, and why. */
function since({ words, client }: Scene) {
  const time = words.moment(new Date(client.staleAt).toISOString());
  return navigator.onLine
    ? `${words.say('unreachable')} ${words.say('asOf', { time })}`
    : words.say('offline', { time });
}

/** The figure is a door: opened, it shows the parts that it is made of. */
function balanceDoor({ words }: Scene, unit: string, balance: UnitBalance) {
  const { available, pending, held, debt, worth, nextUsable, nextToEnd } = balance;
  const part = (label: string, points: string, note?: string | null) =>
    points !== '0' && <Row label={label} note={note ?? null} figure={words.number(points)} />;
  return (
    <Door
      kind="balance"
      figure={
        <>
          <strong>{words.pts(available, unit)}</strong>
          {worth && <span class="m">{words.money(worth)}</span>}
          <u>{words.say('why')}</u>
        </>
      }
    >
      <Row label={words.say('ready')} figure={words.number(available)} />
      {part(words.say('pending'), pending, nextUsable && words.say('from', { date: words.date(nextUsable.at) }))}
      {part(words.say('held'), held)}
      {part(words.say('owed'), debt)}
      {nextToEnd && (
        <Row
          kind="sum"
          label={words.say('ends', { date: words.date(nextToEnd.at) })}
          figure={words.number(nextToEnd.points)}
        />
      )}
    </Door>
  );
}

/** Points that are not usable yet, and from when. */
export const onTheWay = ({ words }: Scene, unit: string, { nextUsable }: UnitBalance) =>
  nextUsable && (
    <p>{words.say('onWay', { pts: words.pts(nextUsable.points, unit), date: words.date(nextUsable.at) })}</p>
  );

/** What is within reach, and the nearest goal; the bar is decoration, the sentence carries the value. */
function nextReward({ words, program }: Scene, unit: string, available: number) {
  const goals = program.rewards
    .filter((reward) => reward.unit === unit && reward.left !== 0)
    .map((reward) => ({ kind: reward.kind, reward: reward.title, points: Number(reward.points ?? reward.slider?.min) }))
    .sort((a, b) => a.points - b.points);
  const reached = goals.filter((goal) => goal.points <= available).pop();
  const ahead = goals.find((goal) => goal.points > available);
  if (!ahead && reached)
    return (
      <p>
        {needsNoCart(reached.kind)
          ? `${words.say('ready')}: ${reached.reward}`
          : words.say('reached', { reward: reached.reward })}
      </p>
    );
  if (!ahead) return null;
  return (
    <div>
      {available > 0 && <Bar share={available / ahead.points} />}
      <p>{words.say('togo', { pts: words.pts(ahead.points - available, unit), reward: ahead.reward })}</p>
    </div>
  );
}

/** What a guest sees, and who has an account but has not joined: what the program is, and the one way in. */
export function welcome(s: Scene, member: Member) {
  const { words, program } = s;
  const href = signInAt(s);
  return (
    <section class="hero">
      <Mark kind="ghost" />
      <p class="name">{program.name}</p>
      <h2>{words.say('pitch')}</h2>
      {member.customer ? (
        joining(s, member)
      ) : href ? (
        <>
          {+(program.joiningBonus ?? 0) > 0 && (
            <p>{words.say('joinFor', { pts: words.pts(program.joiningBonus ?? 0) })}</p>
          )}
          <a class="primary" href={href}>
            {words.say('signIn')}
          </a>
        </>
      ) : (
        signIn(s)
      )}
    </section>
  );
}

import { announce } from '../announce.js';
import type { UnitBalance } from '../answers.js';
import type { Scene } from '../scene.js';
import { history } from './history.js';
import { joinCard } from './join.js';
import { Button, Card, Door, howItWorks, Row, waiting } from './pieces.js';

/** Everything a member can see of their points. */
export function account(s: Scene) {
  const { words, program } = s;
  const member = s.ask('member', '', s.client.member);
  if (!member.value) return waiting(member, words, s.again, 8);
  const known = member.value.member;
  if (!known) return joinCard(s, member.value);
  return (
    <div class="stack">
      <Card title={program.name}>
        {Object.entries(member.value.balances).map(([unit, balance]) => [
          balanceDoor(s, unit, balance),
          nextReward(s, unit, Number(balance.available)),
        ])}
      </Card>
      <Card title={words.say('history')}>{history(s)}</Card>
      {program.referral && invite(s, known.referralLink, program.referral)}
      <Card title={words.say('rewards')}>
        <ul class="ledger">
          {program.rewards.map(({ title, slider, points, unit }) => (
            <li class="row">
              <span>{title}</span>
              {!slider && <span class="m">{words.pts(points ?? 0, unit)}</span>}
            </li>
          ))}
        </ul>
        {howItWorks(s)}
      </Card>
    </div>
  );
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

/** What is within reach, and the nearest goal; the bar is decoration, the sentence carries the value. */
function nextReward({ words, program }: Scene, unit: string, available: number) {
  const goals = program.rewards
    .filter((reward) => reward.unit === unit)
    .map((reward) => ({ reward: reward.title, points: Number(reward.points ?? reward.slider?.min) }))
    .sort((a, b) => a.points - b.points);
  const reached = goals.filter((goal) => goal.points <= available).pop();
  const ahead = goals.find((goal) => goal.points > available);
  return (
    <>
      {reached && <p class="reached">{words.say('reached', { reward: reached.reward })}</p>}
      {ahead && (
        <p>
          {available > 0 && <progress aria-hidden="true" max={ahead.points} value={available} />}
          {words.say('togo', { pts: words.pts(ahead.points - available, unit), reward: ahead.reward })}
        </p>
      )}
    </>
  );
}

/** A link to hand on: the system's own sheet, or the clipboard, or simply there to be selected. */
function invite(s: Scene, link: string, offer: NonNullable<Scene['program']['referral']>) {
  const { words } = s;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    s.copied = true;
    announce(words.say('copied'));
    s.draw();
  };
  return (
    <Card title={words.say('invite')}>
      <p>
        {words.say('inviteText', { friend: words.pts(offer.friend), pts: words.pts(offer.advocate) })}{' '}
        {offer.minOrder && words.say('inviteMin', { money: words.money(offer.minOrder) })}
      </p>
      <div class="chips">
        <input
          class="wide"
          readOnly
          value={link}
          aria-label={words.say('invite')}
          onFocus={(happening) => happening.currentTarget.select()}
        />
        {'share' in navigator && (
          <Button go={() => void navigator.share({ url: link }).catch(() => {})}>{words.say('share')}</Button>
        )}
        {navigator.clipboard && (
          <Button go={() => void copy()}>{s.copied ? words.say('copied') : words.say('copy')}</Button>
        )}
      </div>
    </Card>
  );
}

import type { Goal, Member } from '../answers.js';
import type { Scene } from '../scene.js';
import { Bar, Card, Mark } from './pieces.js';

/** How far it is to the next level, stamp, goal and badge (C15): drawn, and said in the service's own sentences. */
export const climbing = (s: Scene, member: Member) => (
  <>
    {member.ladder && ladder(s, member.ladder)}
    {Object.entries(member.stamps).map(([id, card]) => stampCard(s, id, card))}
  </>
);

export const striving = (s: Scene, member: Member) => (
  <>
    {member.goals.length > 0 && goals(s, member.goals)}
    {member.goals.some(({ badge }) => badge) && badges(s, member)}
  </>
);

/** A rail with a knot for each level; what is behind is drawn through. */
function ladder({ words }: Scene, { level, levels, have, needs, sentence }: NonNullable<Member['ladder']>) {
  const at = levels.findIndex(({ id }) => id === level);
  const from = Number(levels[at]?.enter ?? 0);
  const share = needs === null ? 0 : (Number(have) - from) / (Number(needs) - from || 1);
  return (
    <Card title={words.say('level')}>
      <ol class="ladder">
        {levels.map(({ id, name }, place) => (
          <li class={place <= at ? 'on' : ''} aria-current={id === level ? 'step' : undefined}>
            {place < levels.length - 1 && <Bar share={place < at ? 1 : place === at ? Math.max(0, share) : 0} />}
            <span>{name}</span>
          </li>
        ))}
      </ol>
      {sentence && <p>{sentence}</p>}
      {levels[at]?.perks.length ? (
        <ul class="ways">
          {levels[at].perks.map((perk) => (
            <li>{perk}</li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

const MOST_DRAWN = 20;

/** A card of paper with a place for each stamp. */
function stampCard({ words }: Scene, id: string, { name, stamps, needs, sentence }: Member['stamps'][string]) {
  return (
    <section class="card punch" key={id}>
      <p class="row">
        <b>{name ?? words.say('card')}</b>
        <b>
          {words.number(stamps)}/{words.number(needs)}
        </b>
      </p>
      {needs > MOST_DRAWN ? (
        <Bar share={stamps / needs} />
      ) : (
        <div class="stamps" aria-hidden="true">
          {Array.from({ length: needs }, (_, place) => (
            <i class={place < stamps ? 'on' : ''}>{place < stamps ? <Mark /> : place + 1}</i>
          ))}
        </div>
      )}
      <p>{sentence}</p>
    </section>
  );
}

const done = ({ have, needs }: Goal) => Number(have) / Number(needs);

/** A ring that closes. */
const Ring = ({ share, children }: { share: number; children: string }) => (
  <svg class="ring" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true">
    <circle cx="22" cy="22" r="19" />
    <circle class="on" cx="22" cy="22" r="19" pathLength="100" stroke-dasharray={`${Math.min(1, share) * 100} 100`} />
    <text x="22" y="26">
      {children}
    </text>
  </svg>
);

const goals = ({ words }: Scene, all: Goal[]) => (
  <Card title={words.say('goals')}>
    <ul class="ledger">
      {all.map((goal) => (
        <li class="goal" key={goal.id}>
          <Ring share={done(goal)}>
            {done(goal) >= 1
              ? '✓'
              : +goal.needs < 100
                ? `${goal.have}/${goal.needs}`
                : `${Math.floor(done(goal) * 100)}%`}
          </Ring>
          <span>
            <b>{goal.name}</b>
            <small>{goal.sentence}</small>
          </span>
        </li>
      ))}
    </ul>
  </Card>
);

/** Medals: those that are worn, and those that are still to be had, in outline. */
const badges = ({ words }: Scene, { goals: all, badges: worn }: Member) => (
  <Card title={words.say('badges')}>
    <ul class="badges">
      {all
        .filter(({ badge }) => badge)
        .map((goal) => {
          const mine = worn.find((one) => one.goal === goal.id);
          return (
            <li class={mine ? 'on' : ''} key={goal.id}>
              <svg viewBox="0 0 44 44" width="56" height="56" aria-hidden="true">
                <path d="M22 3l5 4 6-1 3 6 6 3-1 6 3 5-5 5v6l-6 1-4 5-7-2-7 2-4-5-6-1v-6l-5-5 3-5-1-6 6-3 3-6 6 1z" />
                <text x="22" y="28">
                  {[...(goal.badge ?? '')][0]}
                </text>
              </svg>
              <b>{goal.badge}</b>
              <small>{mine ? words.moment(mine.since) : `${Math.floor(Math.min(1, done(goal)) * 100)}%`}</small>
            </li>
          );
        })}
    </ul>
  </Card>
);

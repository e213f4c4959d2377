import { announce } from '../announce.js';
import type { Member } from '../answers.js';
import type { Scene } from '../scene.js';
import { Button, Card, howItWorks, Mark, signIn, waiting } from './pieces.js';

/** One tap joins whoever the platform says is signed in. `earned` = what this order would have given. */
export function joining(s: Scene, member: Member, earned?: string) {
  const { words, program } = s;
  const join = async () => {
    s.busy = true;
    s.draw();
    try {
      const joined = await s.client.join(s.facts.referral, s.facts.order);
      announce(words.say('member', { name: program.name }));
      s.emit('tally:joined', { member: joined.member?.id ?? null });
    } catch {
      announce(words.say('unreachable'));
    }
    s.busy = false;
    s.changed();
  };
  if (!member.customer)
    return (
      <>
        {earned && <p>{words.say('earnOrder', { pts: earned })}</p>}
        {signIn(s)}
      </>
    );
  return (
    <>
      {+(program.joiningBonus ?? 0) > 0 && <p>{words.say('joinFor', { pts: words.pts(program.joiningBonus ?? 0) })}</p>}
      <Button kind="primary" off={s.busy} go={() => void join()}>
        {earned ? words.say('joinOrder', { pts: earned }) : words.say('join')}
      </Button>
    </>
  );
}

export const joinCard = (s: Scene, member: Member, earned?: string) => (
  <Card title={s.program.name}>
    {joining(s, member, earned)}
    {howItWorks(s)}
  </Card>
);

export function joinBlock(s: Scene) {
  const member = s.ask('member', '', s.client.member);
  if (!member.value) return waiting(member, s.words, s.again);
  if (!member.value.member) return joinCard(s, member.value);
  return (
    <p class="row applied">
      <Mark drawn />
      <span>{s.words.say('member', { name: s.program.name })}</span>
    </p>
  );
}

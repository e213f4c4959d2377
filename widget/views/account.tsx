import type { Member } from '../answers.js';
import type { Scene } from '../scene.js';
import { boards } from './boards.js';
import { earn } from './earn.js';
import { head, welcome } from './head.js';
import { history } from './history.js';
import { invite } from './invite.js';
import { Card, waiting } from './pieces.js';
import { climbing, striving } from './progress.js';
import { rewards } from './rewards.js';

const bring = (s: Scene, { member }: Member) =>
  s.program.referral && member && invite(s, member.referralLink, s.program.referral);

/** The rooms of the panel, in the order of its tabs. In a page all of them stand beside each other. */
export const ROOMS = {
  home: (s: Scene, member: Member) => (
    <>
      {head(s, member)}
      {climbing(s, member)}
      {striving(s, member)}
      {boards(s)}
      {bring(s, member)}
    </>
  ),
  rewards,
  earn,
  history: (s: Scene) => <Card title={s.words.say('history')}>{history(s)}</Card>,
};

/** Everything a member can see of their points and do for them; what the program is, for everybody else. */
export function account(s: Scene) {
  const asked = s.ask('member', '', s.client.member);
  const member = asked.value;
  if (!member) return waiting(asked, s.words, s.again, 8);
  const known = member.member !== null;
  return (
    <div class="stack whole">
      {known ? head(s, member) : welcome(s, member)}
      <div class="two">
        <div class="stack">
          {rewards(s, member)}
          {known && climbing(s, member)}
        </div>
        <div class="stack">
          {known && striving(s, member)}
          {known && boards(s)}
          {earn(s, member)}
          {bring(s, member)}
        </div>
      </div>
      {known && ROOMS.history(s)}
    </div>
  );
}

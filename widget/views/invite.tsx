import { announce } from '../announce.js';
import type { Scene } from '../scene.js';
import { Button, Card } from './pieces.js';

/** A link to hand on: the system's own sheet, or the clipboard, or simply there to be selected. */
export function invite(s: Scene, link: string, offer: NonNullable<Scene['program']['referral']>) {
  const { words } = s;
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    s.copied = true;
    announce(words.say('copied'));
    s.draw();
  };
  return (
    <Card title={words.say('invite')} kind="punch">
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

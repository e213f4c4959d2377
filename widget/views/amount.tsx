import { announce } from '../announce.js';
import type { Redeemable, Reward } from '../answers.js';
import { bounds } from '../bounds.js';
import { redeem } from '../redeeming.js';
import type { Scene } from '../scene.js';

/** What so many points are, and what using them is called: money off, or credit. */
function wording({ words }: Scene, { unit, off }: Redeemable, { kind }: Reward, worth: (points: number) => number) {
  const asCredit = kind === 'store-credit';
  const slots = (some: number) => ({ pts: words.pts(some, unit), money: words.money({ ...off, minor: worth(some) }) });
  return {
    asCredit,
    says: (some: number) =>
      asCredit ? `${slots(some).pts} = ${words.say('purse', slots(some))}` : words.say('equals', slots(some)),
    use: (some: number) => (asCredit ? words.say('swap', slots(some)) : words.say('useFor', slots(some))),
  };
}

const button = (sign: string, go: () => void, label: string) => (
  <button type="button" aria-label={label} onClick={go}>
    {sign}
  </button>
);

/** Points along a slider, by buttons, or typed: all three change one value. It starts at none. As money off, or as credit. */
export function amount(s: Scene, offer: Redeemable, reward: Reward, busy: string | null) {
  const { words } = s;
  const { step, most, least, half, worth } = bounds(offer, reward);
  const chosen = () => Math.min(s.points[reward.id] ?? 0, most);
  const points = chosen();
  const { asCredit, says, use } = wording(s, offer, reward, worth);
  const choose = (wanted: number) => {
    const whole = Math.round(wanted / step) * step;
    s.points[reward.id] = whole > 0 ? Math.min(most, Math.max(least, whole)) : 0;
    announce(says(chosen()), 500);
    s.draw();
  };
  const nudge = (by: number, sign: string) =>
    button(sign, () => choose(points <= least && by < 0 ? 0 : points + by), words.signed(by, offer.unit));
  const chip = (some: number, label: string) => (
    <button type="button" aria-pressed={points === some} onClick={() => choose(some)}>
      {label}
    </button>
  );
  const typed = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    choose(+currentTarget.value.replace(/\D/g, ''));
    currentTarget.value = String(chosen());
  };
  const mostLabel = words.say('most', { n: words.number(most) });
  const equals = says(points);
  return (
    <form
      onSubmit={(happening) => {
        happening.preventDefault();
        if (chosen()) void redeem(s, offer, String(chosen()));
      }}
    >
      {s.program.rewards.filter(({ slider }) => slider).length > 1 && <b>{reward.title}</b>}
      <div class="slide">
        {nudge(-step, '−')}
        <input
          type="range"
          max={most}
          step={step}
          value={points}
          aria-label={reward.title}
          aria-valuetext={`${equals}. ${mostLabel}`}
          onInput={(happening) => choose(+happening.currentTarget.value)}
        />
        {nudge(step, '+')}
      </div>
      <p class="equals">{equals}</p>
      <div class="chips">
        {chip(0, words.say('none'))}
        {chip(half, words.say('half'))}
        {chip(most, mostLabel)}
        <label>
          {words.say('orType')}
          <input inputMode="numeric" aria-label={reward.title} value={points} onChange={typed} />
        </label>
      </div>
      <p>
        {offer.sentence} {asCredit && words.say('final')}
      </p>
      <button class="primary" disabled={!points || busy !== null}>
        {busy ?? (points ? use(points) : words.say('use'))}
      </button>
    </form>
  );
}

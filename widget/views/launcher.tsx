import type { Scene } from '../scene.js';
import { ROOMS } from './account.js';
import { welcome } from './head.js';
import { Icon, Mark, waiting } from './pieces.js';
import { rewards } from './rewards.js';
import { earn } from './earn.js';

type Room = keyof typeof ROOMS;

/** A button in the corner; opened, a panel beside it, or a sheet over the page on a phone. */
export function launcher(s: Scene) {
  const { words, program, facts } = s;
  if (facts.hidden) return null;
  const asked = s.ask('member', '', s.client.member);
  const member = asked.value;
  const [[unit, balance] = []] = Object.entries(member?.member ? member.balances : {});
  const points = balance && words.pts(balance.available, unit);
  const show = (open: boolean) => {
    if (s.shown === open) return;
    s.shown = open;
    goBack(open);
    s.emit('tally:opened', { open });
    s.draw();
  };
  return (
    <div class={`corner ${facts.place}`}>
      <button
        type="button"
        class="fab"
        aria-expanded={s.shown}
        aria-label={points && `${program.name}, ${points}`}
        onClick={() => show(!s.shown)}
      >
        <Mark /> {points ?? program.name}
      </button>
      {s.shown && (
        <dialog class="panel" aria-label={program.name} ref={opened} onClose={() => show(false)}>
          <div class="top">
            <h2 tabIndex={-1} autofocus>
              {program.name}
            </h2>
            <button
              type="button"
              aria-label={words.say('close')}
              onClick={(happening) => happening.currentTarget.closest('dialog')?.close()}
            >
              <Icon of="close" />
            </button>
          </div>
          <div class="room stack" key={s.room}>
            {!member ? (
              waiting(asked, words, s.again, 8)
            ) : member.member ? (
              ROOMS[Object.hasOwn(ROOMS, s.room) ? (s.room as Room) : 'home'](s, member)
            ) : (
              <>
                {welcome(s, member)}
                {earn(s, member)}
                {rewards(s, member)}
              </>
            )}
          </div>
          {member?.member && <nav class="tabs">{(Object.keys(ROOMS) as Room[]).map((room) => tab(s, room))}</nav>}
        </dialog>
      )}
    </div>
  );
}

const isPhone = () => matchMedia('(max-width: 480px)').matches;

/** On a phone the way back leads out of the sheet, not out of the page. */
function goBack(open: boolean): void {
  if (open && isPhone()) history.pushState({ tally: 1 }, '');
  else if (!open && (history.state as { tally?: 1 } | null)?.tally) history.back();
}

/** On a phone it is modal: focus stays in it, and the page behind it is still. Escape closes it wherever the focus is. */
function opened(box: HTMLDialogElement | null): void {
  if (!box || box.open) return;
  const leave = (happening: Event) => {
    if (!(happening instanceof KeyboardEvent) || happening.key === 'Escape') box.close();
  };
  const left = new AbortController();
  for (const what of ['keydown', 'popstate']) addEventListener(what, leave, { signal: left.signal });
  box.addEventListener('close', () => left.abort());
  if (isPhone()) box.showModal();
  else box.show();
}

function tab(s: Scene, room: Room) {
  const { words } = s;
  const label = {
    home: words.say('home'),
    rewards: words.say('rewards'),
    earn: words.say('collect'),
    history: words.say('history'),
  };
  return (
    <button
      type="button"
      aria-current={s.room === room ? 'page' : undefined}
      onClick={() => {
        s.room = room;
        s.draw();
      }}
    >
      <Icon of={room} />
      {label[room]}
    </button>
  );
}

import { announce } from './announce.js';
import type { Deed } from './answers.js';
import { Refused } from './client.js';
import type { Scene } from './scene.js';

/** Does it, says what came of it beside the button and aloud, and lets every block ask again. */
export async function act(s: Scene, what: string, work: () => Promise<unknown>, done?: string): Promise<void> {
  if (s.busy) return;
  s.busy = true;
  s.draw();
  try {
    s.told[what] = ((await work()) as Deed | null)?.sentence ?? done ?? '';
    s.changed();
  } catch (why) {
    const { words } = s;
    s.told[what] =
      why instanceof Refused && why.message
        ? why.message
        : navigator.onLine
          ? words.say('unreachable')
          : words.say('needsNet');
  }
  s.busy = false;
  announce(s.told[what] ?? '');
  s.draw();
}

/** What came of the last try. */
export const told = (s: Scene, what: string) => s.told[what] && <p class="reached">{s.told[what]}</p>;

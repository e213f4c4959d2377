import type { Boards } from '../answers.js';
import { act, told } from '../acting.js';
import type { Scene } from '../scene.js';
import { Button, Card } from './pieces.js';

/** Who leads among those who agreed to be shown, and where the member stands (C14). Nobody is shown unasked. */
export function boards(s: Scene) {
  const { words } = s;
  const asked = s.ask('boards', '', s.client.boards).value;
  if (!asked?.leaderboards.length) return null;
  return (
    <Card title={words.say('boards')}>
      {asked.leaderboards.map((board) => table(s, board))}
      {asked.shownAs === null ? (
        <form
          onSubmit={(happening) => {
            happening.preventDefault();
            const name = String(new FormData(happening.currentTarget).get('name') ?? '').trim();
            if (name) void act(s, 'board', () => s.client.showAs(name), words.say('saved'));
          }}
        >
          <label>
            {words.say('showMe')}
            <span class="chips">
              <input class="wide" name="name" maxLength={100} autocomplete="nickname" />
              <button disabled={s.busy}>{words.say('save')}</button>
            </span>
          </label>
        </form>
      ) : (
        <p class="row">
          <span>{words.say('shownAs', { name: asked.shownAs })}</span>
          <Button off={s.busy} go={() => void act(s, 'board', s.client.hideMe, words.say('saved'))}>
            {words.say('remove')}
          </Button>
        </p>
      )}
      {told(s, 'board')}
    </Card>
  );
}

const table = ({ words }: Scene, { id, name, unit, to, lines }: Boards['leaderboards'][number]) => (
  <div key={id}>
    <p class="row">
      <b>{name}</b>
      {to && <small>{words.moment(to)}</small>}
    </p>
    <ol class="ranks">
      {lines.map((line) => (
        <li class={`row ${line.you ? 'on' : ''}`} aria-current={line.you || undefined}>
          <b class="tile">{words.number(line.rank)}</b>
          <span>{line.name}</span>
          <b>{unit ? words.pts(line.score, unit) : words.number(line.score)}</b>
        </li>
      ))}
    </ol>
  </div>
);

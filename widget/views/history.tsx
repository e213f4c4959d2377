import type { HistoryLine } from '../answers.js';
import type { Scene } from '../scene.js';
import { Button, Door, Row, waiting } from './pieces.js';

/** What moved, when, and, opened, the parts that add up to it and what did not count. */
export const line = ({ words }: Scene, one: HistoryLine, open = false) => (
  <li key={one.id}>
    <Door
      kind="entry"
      open={open}
      figure={
        <>
          <b class={one.points === '0' ? 'm' : one.points < '0' ? 'lost' : 'gained'}>
            {words.signed(one.points, one.unit)}
          </b>
          <span>{one.sentence}</span>
          <time>{words.moment(one.at)}</time>
        </>
      }
    >
      {one.items.length > 0 && <h4>{words.say('items')}</h4>}
      {one.items.map(({ name, quantity, points }) => (
        <Row
          kind="item"
          label={name === null ? words.say('shipping') : `${words.number(quantity)} × ${name}`}
          figure={words.number(points)}
        />
      ))}
      {one.items.length > 0 && <h4>{words.say('counted')}</h4>}
      {one.parts.map((part) => (
        <Row label={part.sentence} note={part.line} figure={part.points && words.number(part.points)} />
      ))}
      {one.balanceAfter !== null && (
        <Row kind="sum" label={words.say('after')} figure={words.number(one.balanceAfter)} />
      )}
      {one.missed.length > 0 && <h4>{words.say('missed')}</h4>}
      {one.missed.map((why) => (
        <p>{why.sentence}</p>
      ))}
    </Door>
  </li>
);

export function history(s: Scene) {
  const { words } = s;
  const first = s.ask('history', '', () => s.client.history());
  if (!first.value) return waiting(first, words, s.again);
  const { lines } = first.value;
  const next = s.older ? s.older.next : first.value.next;
  const more = async () => {
    const page = await s.client.history(next ?? '').catch(() => null);
    if (page) s.older = { lines: [...(s.older?.lines ?? []), ...page.lines], next: page.next };
    s.draw();
  };
  if (!lines.length) return <p>{words.say('noHistory')}</p>;
  return (
    <>
      <ol class="ledger">{[...lines, ...(s.older?.lines ?? [])].map((one) => line(s, one))}</ol>
      {next && (
        <p>
          <Button kind="link" go={() => void more()}>
            {words.say('showMore')}
          </Button>
        </p>
      )}
    </>
  );
}

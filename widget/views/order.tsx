import { announce } from '../announce.js';
import type { Scene } from '../scene.js';
import { onTheWay } from './head.js';
import { line } from './history.js';
import { joinCard } from './join.js';
import { Card, waiting } from './pieces.js';
import { preview } from './product.js';

const QUICK = 250;
const CALM = 2500;
const QUICK_FOR = 8000;

/** Looks for the lines of one order, often at first, calmly later, so that what a return takes shows too. */
async function watch(s: Scene, id: string): Promise<void> {
  const mine = (s.order = { id, lines: [] as NonNullable<Scene['order']>['lines'] });
  const began = Date.now();
  while (s.order === mine && s.alive()) {
    const history = await s.client.history().catch(() => null);
    const lines = (history?.lines ?? []).filter(({ cause }) => cause.id === id || cause.id.endsWith(`/${id}`));
    if (lines.length > mine.lines.length) {
      mine.lines = lines;
      announce(lines.map((one) => `${s.words.signed(one.points, one.unit)}, ${one.sentence}`).join('. '));
      s.emit('tally:arrived', { order: id, ms: Date.now() - began });
      s.changed();
    }
    s.draw();
    await new Promise((done) => setTimeout(done, lines.length || Date.now() - began > QUICK_FOR ? CALM : QUICK));
  }
}

/** The thank-you block: the points of one order as they arrive, each line with its reason. */
export function orderBlock(s: Scene) {
  const { words, facts } = s;
  const member = s.ask('member', '', s.client.member);
  if (!member.value) return waiting(member, words, s.again);
  if (!member.value.member) return joinCard(s, member.value, facts.cart ? preview(s, facts.cart).pts : '');
  if (facts.order && s.order?.id !== facts.order) void watch(s, facts.order);
  const lines = s.order?.lines ?? [];
  return (
    <Card title={words.say('arrived')}>
      {lines.length ? <ol class="ledger">{lines.map((one) => line(s, one, true))}</ol> : <p>{words.say('counting')}</p>}
      {lines.length > 0 && Object.entries(member.value.balances).map(([unit, balance]) => onTheWay(s, unit, balance))}
    </Card>
  );
}

import type { Known } from '../../src/rules/known.js';
import { Ownership } from '../../src/rules/ownership.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import { replay } from '../../src/rules/replay.js';
import { partsOf, refusesSending } from '../../src/rules/sending.js';

interface Wish {
  id: string;
  member: string;
  to: string;
  points: number;
  at: number;
}

/** Points for another member: given when the rules let them by what is known now; recorded, and never judged again. */
export function learnSending(known: Known, rules: ProgramRules, { id, points, at, ...wish }: Wish): void {
  const who = new Ownership(known, at);
  const unit = rules.sending?.unit ?? '';
  const [member, to] = [who.memberAt(wish.member, at), who.memberAt(wish.to, at)];
  const books = replay(known, at);
  const of = books.members[member]?.units[unit];
  const sent = (known.sent ??= []);
  if (!of || !books.members[to] || member === to || sent.some((one) => one.id === id)) return;
  const before = sent.filter((one) => one.unit === unit && who.memberAt(one.member, at) === member);
  if (refusesSending(rules, points, { ...of, before }, at) !== null) return;
  const usable = of.lots.filter((lot) => lot.matured);
  sent.push({ id, member, at, unit, points });
  (known.received ??= []).push({ id, member: to, at, unit, parts: partsOf(usable, points) });
}

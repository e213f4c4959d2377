import { surveyReport } from '../../loyalty/answer-survey.js';
import { claimByHand, giveByHand } from '../../loyalty/by-hand.js';
import { tellEvent } from '../../loyalty/tell-event.js';
import type { Balance } from '../../ledger/balances.js';
import type { BalancesAnswer, OwnerVerbs } from './verbs.js';
import { actorOf, type OwnerParts, within } from './within.js';

/** What an owner does to one member by hand. */
export function memberVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'claim' | 'give' | 'tellEvent' | 'survey'> {
  const { shards } = parts.loyalty;
  return {
    tellEvent: async (asking, { id, event, who, at }) => {
      const told = { id, event, of: who, at: at === undefined ? asking.now : Date.parse(at) };
      const answer = await within(parts, asking, (tx, program) =>
        tellEvent(tx, program, told, parts.loyalty, asking.now),
      );
      parts.ringEffects(asking.owner.program);
      return answer;
    },
    survey: (asking, id) => within(parts, asking, (tx, program) => surveyReport(tx, program, id)),
    give: async (asking, order, { store, member, starts }) => {
      const wish = { member, store, order, starts, by: actorOf(asking) };
      const balances = await within(parts, asking, (tx, program) => giveByHand(tx, program, wish, asking.now, shards));
      parts.ringEffects(asking.owner.program);
      return balancesView(balances);
    },
    claim: async (asking, order, { store, member }) => {
      const wish = { member, store, order, by: actorOf(asking) };
      const balances = await within(parts, asking, (tx, program) => claimByHand(tx, program, wish, asking.now, shards));
      parts.ringEffects(asking.owner.program);
      return balancesView(balances);
    },
  };
}

export function balancesView(balances: readonly Balance[]): BalancesAnswer {
  return {
    balances: Object.fromEntries(
      balances.map(({ unit, available, pending, held, debt }) => [
        unit,
        { available: `${available}`, pending: `${pending}`, held: `${held}`, debt: `${debt}` },
      ]),
    ),
  };
}

import type { Database } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import type { Loyalty } from '../../loyalty/context.js';
import { noteMiss } from '../../loyalty/find-receiver.js';
import { firstNamesOf } from '../../loyalty/first-names.js';
import { readSending } from '../../loyalty/read-sending.js';
import { sendPoints } from '../../loyalty/send-points.js';
import { memberRefOf, within } from './asking.js';
import { hasSentence, sentence } from './say.js';
import type { Spoken } from './spoken.js';
import { spokenTo } from './spoken-to.js';
import type { Customer, StorefrontVerbs } from './verbs.js';

interface SendingParts {
  db: Database;
  loyalty: Loyalty;
  ringEffects(program: string): void;
}

/** The storefront's verbs for giving points to another member. */
export function sendingVerbs(parts: SendingParts): Pick<StorefrontVerbs, 'sending' | 'sendPoints'> {
  const { loyalty } = parts;
  return {
    sending: (customer) =>
      within(parts, customer, async (tx) => {
        const { rule, most, code } = await readSending(tx, await memberRefOf(tx, customer), customer.now, loyalty);
        if (!rule) return { sending: null, code };
        return { sending: { unit: rule.unit, min: `${rule.min}`, step: `${rule.step}`, upTo: `${most}` }, code };
      }),
    sendPoints: async (customer, { to, points, key, hash }) => {
      const answer = await refusedInWords(parts, customer, () =>
        within(parts, customer, async (tx) => {
          const wish = { ...(await memberRefOf(tx, customer)), to, points: Number(points), key, hash };
          const sent = await sendPoints(tx, wish, customer.now, loyalty);
          const spoken = await spokenTo(tx, customer);
          const other = (await firstNamesOf(tx, customer.store.program, [sent.to], loyalty)).get(sent.to);
          const values = { pts: spoken.speaker.count(sent.unit, sent.points), ...namedOf(other) };
          const said = sentence('sent.done', customer.language, values);
          return { id: sent.id, unit: sent.unit, points: `${sent.points}`, sentence: said };
        }),
      );
      parts.ringEffects(customer.store.program);
      return answer;
    },
  };
}

const namedOf = (other: string | undefined) => ({ named: other === undefined ? 'no' : 'yes', other: other ?? '' });

/** A refusal in the shopper's words; who was looked for in vain is counted, although nothing else of it stays. */
async function refusedInWords<T>(parts: SendingParts, customer: Customer, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_sendable') throw error;
    const binding = String(error.details['binding']);
    const said = await within(parts, customer, async (tx) => {
      const { program, member } = await memberRefOf(tx, customer);
      if (binding === 'receiver') noteMiss(tx, program, member, customer.now);
      return refusal(await spokenTo(tx, customer), binding);
    });
    throw new AppError(error.code, error.status, said, error.details);
  }
}

function refusal({ rules, speaker, language }: Spoken, binding: string): string {
  const { unit = 'points', min = 1, max = 0, step = 1 } = rules.sending ?? {};
  const count = (points: number) => speaker.count(unit, points);
  const key = `refused.send.${binding}`;
  const values = { units: speaker.units(unit), min: count(min), max: count(max), step: count(step) };
  return sentence(hasSentence(key) ? key : 'refused.send.off', language, values);
}

import type { Database } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import { type CheckedIn, checkIn } from '../../loyalty/check-in.js';
import type { Loyalty } from '../../loyalty/context.js';
import { memberRefOf, within } from './asking.js';
import { counted, hasSentence, sentence } from './say.js';
import type { DeedAnswer, Language, StorefrontVerbs } from './verbs.js';

interface DeedParts {
  db: Database;
  loyalty: Loyalty;
  ringEffects(program: string): void;
}

/** The storefront's verbs for what members do beside ordering. */
export function deedVerbs(parts: DeedParts): Pick<StorefrontVerbs, 'checkIn'> {
  const { shards } = parts.loyalty;
  return {
    checkIn: async (customer, code) => {
      const done = await inLanguage(customer.language, () =>
        within(parts, customer, async (tx) => checkIn(tx, await memberRefOf(tx, customer), code, customer.now, shards)),
      );
      parts.ringEffects(customer.store.program);
      return deedView(done, customer.language);
    },
  };
}

function deedView({ rule, name, gives }: CheckedIn, language: Language): DeedAnswer {
  const all = Object.entries(gives).map(([unit, points]) => counted(BigInt(points), unit, language));
  const pts = new Intl.ListFormat(language).format(all);
  return {
    rule,
    name,
    gives,
    sentence: sentence(all.length > 0 ? 'deed.gives' : 'deed.noted', language, { pts, name }),
  };
}

/** A refusal in the words of the shopper: it is the widget that shows it. */
async function inLanguage<T>(language: Language, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const key = error instanceof AppError ? `refused.${error.code}` : '';
    if (!(error instanceof AppError) || !hasSentence(key)) throw error;
    throw new AppError(error.code, error.status, sentence(key, language), error.details);
  }
}

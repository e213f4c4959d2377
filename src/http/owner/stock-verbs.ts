import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import type { Millis } from '../../lib/clock.js';
import { readDraft } from '../../loyalty/drafts.js';
import { keepStock } from '../../loyalty/keep-stock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { type Stock, readStock } from '../../loyalty/read-stock.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import type * as api from './stock-schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, type OwnerParts, within } from './within.js';

type StockAnswer = z.infer<typeof api.stockAnswer>;
type Locale = z.infer<typeof api.stockQuery>['locale'];

export interface StockVerbs {
  stock(asking: Asking, locale: Locale): Promise<StockAnswer>;
  keepStock(
    asking: Asking,
    reward: string,
    news: z.infer<typeof api.stockRequest>,
    locale: Locale,
  ): Promise<StockAnswer>;
}

const DAY_MS = 24 * 3_600_000;
const LATELY_DAYS = 28;
/** What is ordered anew takes about so long to come. */
const SOON_DAYS = 14;

export function stockVerbs(parts: OwnerParts): StockVerbs {
  return {
    stock: (asking, locale) =>
      within(parts, asking, async (tx, program) =>
        stockOf(tx, program, await filesOf(tx, program, asking.now), locale, asking.now),
      ),
    keepStock: (asking, reward, news, locale) =>
      within(parts, asking, async (tx, program) => {
        const files = await filesOf(tx, program, asking.now);
        // of what a draft will count, how many there are is told before it is published
        if (!files.some(({ rules }) => rules.rewards.some(({ id }) => id === reward)))
          throw new AppError('no_reward', 404, 'There is no such reward.');
        await keepStock(tx, { program, reward, by: actorOf(asking), news });
        return stockOf(tx, program, files, locale, asking.now);
      }),
  };
}

/** The program in force, then what is worked on. */
async function filesOf(tx: Tx, program: string, now: Millis): Promise<[ProgramFile, ...ProgramFile[]]> {
  const { file } = versionInForce(await publishedVersions(tx, program), now);
  const draft = await readDraft(tx, program);
  return draft ? [file, draft.file] : [file];
}

async function stockOf(
  tx: Tx,
  program: string,
  files: [ProgramFile, ...ProgramFile[]],
  locale: Locale,
  now: Millis,
): Promise<StockAnswer> {
  const known = new Map((await readStock(tx, program, now - LATELY_DAYS * DAY_MS)).map((one) => [one.reward, one]));
  const [live] = files;
  const stocks: StockAnswer['stocks'] = [];
  for (const file of files) {
    const spoken = spokenIn(file, locale);
    for (const reward of file.rules.rewards) {
      const { id, stock } = reward;
      if ((stock !== 'counted' && !known.has(id)) || stocks.some((one) => one.reward === id)) continue;
      const counted = live.rules.rewards.some((one) => one.id === id && one.stock === 'counted');
      const of = known.get(id) ?? { reward: id, received: 0, taken: 0, lately: 0 };
      stocks.push({ title: rewardTitle(spoken, reward), counted, ...stockView(of) });
    }
  }
  return { stocks };
}

function stockView({
  reward,
  received,
  taken,
  lately,
}: Stock): Omit<StockAnswer['stocks'][number], 'title' | 'counted'> {
  const left = Math.max(received - taken, 0);
  const lasts = lately > 0 ? Math.floor((left * LATELY_DAYS) / lately) : null;
  const low = lasts !== null && lasts < SOON_DAYS;
  const state = left === 0 ? 'out' : low ? 'low' : 'plenty';
  return { reward, received, taken, left, over: Math.max(taken - received, 0), lasts, state };
}

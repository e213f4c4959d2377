import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { lastOrders } from '../../loyalty/last-orders.js';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { canonicalForm, hashOf } from '../../programs/canonical.js';
import { madeOf } from '../../programs/play-examples.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { readProgram, readProgramValue, writeProgram } from '../../programs/read-program.js';
import { leastOfSlider } from '../../rewards/slider.js';
import { orderOfCart } from '../../rules/cart.js';
import { times, fraction, parseFraction, round } from '../../rules/fraction.js';
import { rewardText } from '../../rules/how-it-works/rewards/index.js';
import { asSentence } from '../../rules/how-it-works/speaker.js';
import type { KnownOrder } from '../../rules/known.js';
import { type Tried, tryOrder } from '../../rules/try-order.js';
import { howItWorksView } from '../storefront/how-it-works.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { becauseSentence, missedSentence, rewardTitle } from '../storefront/words.js';
import { fileAt } from './file-at.js';
import type { OwnerVerbs, PreviewAnswer, PreviewWish } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';

/** A program as it is read: by shoppers, by its owner's editor, as a file. Writes nothing. */
export function showingVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'preview' | 'programText' | 'readText'> {
  return {
    preview: (asking, { of, locale, order, lastOrders: count }) =>
      within(parts, asking, async (tx, program) => {
        const file = of.kind === 'file' ? readProgramValue(of.file) : await shownFile(tx, program, of, asking.now);
        const theirs = count === 0 ? [] : await lastOrders(tx, program, count);
        return madeOf(file, () => previewOf(file, { locale, order }, theirs, asking.now));
      }),
    programText: (asking, { of, as }) =>
      within(parts, asking, async (tx, program) => {
        const which = typeof of === 'number' ? ({ kind: 'version', version: of } as const) : { kind: of };
        return { text: writeProgram(await shownFile(tx, program, which, asking.now), as) };
      }),
    readText: async (_, text) => {
      const file = readProgram(text);
      return { hash: hashOf(file), file: canonicalForm(file) };
    },
  };
}

function previewOf(
  file: ProgramFile,
  { locale, order }: Pick<PreviewWish, 'locale' | 'order'>,
  theirs: Awaited<ReturnType<typeof lastOrders>>,
  now: Millis,
): PreviewAnswer {
  const spoken = spokenIn(file, locale);
  const { code: currency, exponent } = file.rules.money;
  const mine = order && madeOrder(file, order.amounts, now);
  return {
    ...{ hash: hashOf(file), name: file.name, currency, exponent },
    sections: howItWorksView(spoken).sections,
    rewards: rewardsOf(spoken),
    tiers: (file.rules.tiers?.levels ?? []).map(({ id }) => ({ id, name: spoken.speaker.name('tier', id) })),
    order: mine ? triedView(spoken, tryOrder(file.rules, mine, order.tier, now)) : null,
    orders: theirs.map(({ order: one, name }) => ({
      ...{ name, at: iso(one.placed), total: totalOf(one) },
      tried: triedView(spoken, tryOrder(file.rules, one, null, now)),
    })),
  };
}

async function shownFile(
  tx: Tx,
  program: string,
  of: Exclude<PreviewWish['of'], { kind: 'file' }>,
  now: Millis,
): Promise<ProgramFile> {
  if (of.kind === 'live') return versionInForce(await publishedVersions(tx, program), now).file;
  return fileAt(tx, program, of.kind === 'draft' ? 'draft' : of.version);
}

function madeOrder({ rules }: ProgramFile, amounts: readonly number[], now: Millis): KnownOrder {
  const lines = amounts.map((net, i) => ({
    ...{ id: String(i + 1), product: null, net, tax: 0, discount: 0, quantity: 1 },
    ...{ kind: 'product' as const, categories: [], tags: [] },
  }));
  const cart = { store: 'main', channel: 'web', money: rules.money, lines, shipping: { net: 0, tax: 0 } };
  return orderOfCart(cart, now, 'example/member');
}

function totalOf({ lines, shipping, money }: KnownOrder): PreviewAnswer['orders'][number]['total'] {
  const minor = lines.reduce((sum, { net, tax }) => sum + net + tax, shipping.net + shipping.tax);
  return { minor, currency: money.code, exponent: money.exponent };
}

function triedView(spoken: Spoken, tried: Tried | null): PreviewAnswer['order'] {
  if (tried === null) return null;
  return {
    gives: Object.entries(tried.gives).map(([unit, points]) => ({
      unit,
      points: points.toString(),
      text: spoken.speaker.count(unit, Number(points)),
      worth: worthOf(spoken, unit, points),
    })),
    parts: tried.because.map((because) => becauseSentence(spoken, because)),
    missed: tried.missed.map(({ id, why }) => ({ rule: id, sentence: missedSentence(spoken, id, why) })),
  };
}

/** In minor units of the program's money, rounded down. */
function worthOf({ rules }: Spoken, unit: string, points: bigint): string | null {
  const value = parseFraction(rules.units[unit]?.value ?? 0);
  return value.n === 0n ? null : round(times(value, fraction(points)), 'floor').toString();
}

function rewardsOf(spoken: Spoken): PreviewAnswer['rewards'] {
  return spoken.rules.rewards.map((reward) => {
    const points = reward.kind === 'slider' ? null : reward.points;
    return {
      ...{ id: reward.id, kind: reward.kind, unit: reward.unit, title: rewardTitle(spoken, reward) },
      points: points?.toString() ?? null,
      price: spoken.speaker.count(reward.unit, reward.kind === 'slider' ? leastOfSlider(reward) : reward.points),
      // without its name: that is the title
      sentence: asSentence(rewardText(reward, spoken.speaker)),
    };
  });
}

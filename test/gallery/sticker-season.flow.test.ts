import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readyProgram } from '../../src/gallery/gallery.js';
import { verify } from '../../src/ledger/verify.js';
import { keepStock } from '../../src/loyalty/keep-stock.js';
import { textsOf } from '../../src/loyalty/stickers/make-stickers.js';
import { printStickers, stickerBooks } from '../../src/loyalty/stickers/print-stickers.js';
import { Play, type Stage } from '../examples/play-through-the-path.js';
import type { Fact } from '../support/read-example.js';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService } from '../support/service.js';
import { storefrontOf } from '../support/storefront-client.js';
import { factsOf } from './facts-of-story.js';

const db = testDatabase();
let stage: Stage;

beforeAll(async () => {
  const platforms = new Map<string, RememberedPlatform>();
  const service = await startService(db, { platforms: (store) => platforms.get(store) ?? new RememberedPlatform() });
  stage = { db, service, platforms, storefront: await storefrontOf(db, service) };
});
afterAll(async () => {
  await stage.storefront.close();
  await stage.service.stop();
});

/** Codes in somebody's hand: what orders handed out goes there, what is put into a reward or given away leaves it. */
class Hand {
  readonly codes: string[] = [];
  private readonly seen = new Set<string>();
  private readonly play: Play;

  constructor(play: Play) {
    this.play = play;
  }

  async takeWhatWasHandedOut(): Promise<void> {
    const { program } = this.play;
    const batches = await db.sql<{ key: string }>(
      "select key from sticker_batch where program_id = $1 and key like 'order:%' order by made_at",
      [program],
    );
    for (const { key } of batches) {
      for (const code of await this.play.within((tx) => textsOf(tx, program, key, stage.service.loyalty)))
        this.take(code);
    }
  }

  take(code: string): void {
    if (!this.seen.has(code)) this.codes.push(code);
    this.seen.add(code);
  }

  give(n: number): string[] {
    return this.codes.splice(0, n);
  }
}

async function happen(play: Play, hand: Hand, fact: Fact): Promise<void> {
  const { service, storefront } = stage;
  if (fact.kind === 'adjust') {
    const points = Number(fact.points);
    if (points < 0) return void hand.give(-points);
    // what a neighbour gives were printed codes
    const wish = { id: String(fact.id), stickers: points, ends: null, by: 'test' };
    const { codes } = await play.within((tx, now) => printStickers(tx, play.program, wish, now, service.loyalty));
    return codes.forEach((code) => hand.take(code));
  }
  if (fact.kind === 'reserve') {
    const wish = { reward: String(fact.reward), codes: hand.give(15), cart: cartOf(fact) };
    const guest = { ...play.asker('anybody'), customer: null };
    const shown = async () => (await storefront.program(guest)).ok?.rewards.map(({ left, stock }) => [left, stock]);
    // one pan of each has come; nobody has said so yet
    const early = await storefront.redeemStickers(guest, wish, 'before-they-came');
    expect(early.refused).toMatchObject({ status: 409, details: { binding: 'sold-out' } });
    for (const reward of [wish.reward, 'pan-for-nothing'])
      await play.within((tx) =>
        keepStock(tx, { program: play.program, reward, by: 'test', news: { how: 'arrived', pieces: 1, seen: 0 } }),
      );
    const { ok, refused } = await storefront.redeemStickers(guest, wish, 'one-pan-for-us');
    expect([refused, ok?.off.minor, ok?.codeState]).toEqual([undefined, 2_100, 'live']);
    expect(await shown()).toEqual([
      [0, 'Sold out'],
      [1, '1 left'],
    ]);
    return play.hasCode(String(fact.id), ok?.code ?? '');
  }
  await play.happen(fact);
  await hand.takeWhatWasHandedOut();
}

const cartOf = ({ cart }: Fact) => ({
  currency: 'EUR',
  lines: (cart as { lines: { net: number }[] }).lines.map(({ net }) => ({ id: '1', product: '1', quantity: 1, net })),
});

describe('B8, B11: a season of anonymous stickers, from signed webhooks to the checkout', () => {
  test.each(['shopify', 'woocommerce'] as const)('on %s', async (platform) => {
    const { example, told } = factsOf(`sticker-season-on-${platform}`, await readyProgram('sticker-season'));
    const play = new Play(stage, example, platform);
    await play.begin();
    const hand = new Hand(play);
    for (const { at, fact, expected } of told) {
      await play.reach(at);
      if (fact) await happen(play, hand, fact);
      if (expected?.kind === 'expect')
        expect([expected.day, hand.codes.length]).toEqual([expected.day, expected.available?.['sticker']]);
    }
    const [books] = await play.within((tx) => stickerBooks(tx, play.program));
    // 3 + 2 + 5 + 1 + 4 of orders, 4 of a neighbour; 15 for the pan; the daughter never used her 4
    expect(books).toEqual({
      ...{ unit: 'sticker', issued: 19n, open: 0n, held: 0n, redeemed: 15n, expired: 4n, nextEnd: null },
    });
    const people = await db.sql('select status, mailbox, phone from member where program_id = $1', [play.program]);
    expect(people).toEqual([{ status: 'bearer', mailbox: null, phone: null }]);
    expect(await verify(db.owner, { program: play.program })).toEqual([]);
  });
});

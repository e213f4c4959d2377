import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contrast, readableAccent } from '../../src/lib/readable-accent.js';
import { isShownTo } from '../../src/loyalty/showing.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { type World, type Worlds, worldsOn } from '../support/world.js';

/** B10, H6: how a store shows the program, and to whom it does while it is tried with a part of the customers. */
const db = testDatabase();
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;
const shows = (body: object) => owner.ask(shop.program, 'PUT', `/stores/${shop.store.id}/showing`, body);
const customers = Array.from({ length: 1_000 }, (_, at) => String(at));
const seenBy = (share: number) => {
  const ref = { program: shop.program, store: shop.store.id };
  const showing = { accent: null, corner: 'end', share } as const;
  return customers.filter((customer) => isShownTo(showing, worlds.service.loyalty, ref, customer));
};
const looksTo = async (customer: string | null) =>
  (await worlds.storefront.program({ shop: shop.store.key, customer })).ok?.looks;

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
  shop = await worlds.make();
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});

describe('how a store shows the program', () => {
  it('until somebody chooses: to everyone, in the widget’s own colour', async () => {
    expect(await looksTo(null)).toEqual({ visible: true, accent: null, onAccent: null, corner: 'end' });
  });

  it('keeps the look, tells it to the widget, and the log knows what it was before', async () => {
    expect((await shows({ accent: '#ffcc00', corner: 'start', share: 100 })).status).toBe(200);
    expect(await looksTo('501')).toMatchObject({ visible: true, corner: 'start', ...readableAccent('#ffcc00') });
    const { body } = await owner.ask<{ lines: { facts: object }[] }>(shop.program, 'GET', '/audit?about=store.showing');
    expect(body.lines[0]?.facts).toMatchObject({
      before: { accent: null, corner: 'end', share: 100 },
      after: { accent: '#ffcc00', corner: 'start', share: 100 },
    });
  });

  it('any colour becomes one that can be read, by day and by night, and text on it too', () => {
    const parts = (css: string) =>
      [...css.matchAll(/#(..)(..)(..)/g)].map(
        ([, r = '', g = '', b = '']) => [r, g, b].map((hex) => Number.parseInt(hex, 16)) as [number, number, number],
      );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
        const { accent, onAccent } = readableAccent(`#${colour.toString(16).padStart(6, '0')}`);
        const grounds: [number, number, number][] = [
          [255, 255, 255],
          [26, 30, 33],
        ];
        parts(accent).forEach((shade, at) => {
          expect(contrast(shade, grounds[at] ?? [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
          expect(contrast(shade, parts(onAccent)[at] ?? [0, 0, 0])).toBeGreaterThanOrEqual(4.5);
        });
      }),
    );
  });

  it('a pilot is always the same customers, about as many as it says; a larger one contains the smaller', () => {
    const [tenth, half] = [seenBy(10), seenBy(50)];
    expect(seenBy(10)).toEqual(tenth);
    expect(tenth.length).toBeGreaterThan(60);
    expect(tenth.length).toBeLessThan(140);
    expect(half.length).toBeGreaterThan(420);
    expect(tenth.filter((one) => !half.includes(one))).toEqual([]);
    expect(seenBy(100)).toEqual(customers);
  });

  it('who is outside sees nothing and cannot join; who is in can; a member goes on seeing it; a guest sees nothing', async () => {
    await shows({ accent: null, corner: 'end', share: 100 });
    const inside = seenBy(50);
    const outside = customers.filter((one) => !inside.includes(one));
    const [member = '', stranger = ''] = outside;
    const [chosen = ''] = inside;
    await shop.joins(member);
    await shows({ accent: null, corner: 'end', share: 50 });
    const visible = async (customer: string | null) => (await looksTo(customer))?.visible;
    expect([await visible(member), await visible(stranger), await visible(chosen), await visible(null)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const joins = (customer: string) => worlds.storefront.join({ shop: shop.store.key, customer });
    expect((await joins(stranger)).refused).toMatchObject({ code: 'not_in_pilot' });
    expect((await joins(chosen)).ok).toMatchObject({ member: expect.anything() });
  });

  it('that the widget was seen in the shop stands with the store', async () => {
    const { body } = await owner.ask<{ stores: { widgetSeen: string | null }[] }>(shop.program, 'GET', '/stores');
    expect(Date.parse(body.stores[0]?.widgetSeen ?? '')).toBe(worlds.service.clock.now());
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from './stage.js';

/** Orders from several senders at once; each until it is answered, some of them twice, some cancelled at once. */
export async function load(stage: Stage, random: () => number, count: number, senders = 6): Promise<void> {
  const orders = Array.from({ length: count }, () => stage.order(random));
  const send = async () => {
    for (let order = orders.pop(); order; order = orders.pop()) {
      await stage.insist(order);
      if (random() < 0.2) await stage.insist(order);
      if (random() > 0.2) continue;
      stage.cancel(order);
      await stage.insist(order, 'updated');
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
}

/** Lets something happen at a random point within the time. */
export async function somewhereWithin(ms: number, random: () => number): Promise<void> {
  await sleep(random() * ms);
}

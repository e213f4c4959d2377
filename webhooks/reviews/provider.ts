import type { Arrival, ReviewState } from '../../src/commerce/inbound-platform.js';

/**
 * A review app that tells us of reviews. Its deliveries come to /webhooks/reviews/<name>/<token>, where the token says
 * whose they are. A new one is a file in this folder and a line in index.ts.
 *
 * What gives points is the member and the product, once (FORMAT 6.5), whatever the provider and however often it tells.
 */
export interface ReviewProvider {
  name: string;
  /** What the request calls itself, for the row; the body decides. */
  topicOf(arrival: Arrival): string;
  isGenuine(arrival: Arrival, secrets: readonly string[]): boolean;
  /** The review as it is now. Throws zod's error. */
  read(body: unknown): ReviewState;
}

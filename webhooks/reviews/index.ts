import type { Claim, InboundPlatform } from '../../src/commerce/inbound-platform.js';
import { judgeme } from './judgeme.js';
import type { ReviewProvider } from './provider.js';

export const REVIEW_PROVIDERS: readonly ReviewProvider[] = [judgeme];

/** How a provider calls itself what it tells: rows of review apps are known by it, also where the request names no topic. */
const OF_REVIEW_APPS = /^review(\/|$)/;

/** The provider that a kept row is of; null = it is the store's own platform's. */
export const providerOf = (topic: string): string | null =>
  OF_REVIEW_APPS.test(topic) ? `reviews/${judgeme.name}` : null;

/** A provider as a platform of its own, under `reviews/<name>`. Its deliveries have no key: what they say is a state. */
export function asPlatform(provider: ReviewProvider): InboundPlatform {
  return {
    name: `reviews/${provider.name}`,
    sharesSecret: false,
    claim: (arrival): Claim =>
      arrival.token === null || arrival.token === ''
        ? { kind: 'malformed', why: 'the path names no store' }
        : {
            kind: 'delivery',
            store: arrival.token,
            topic: provider.topicOf(arrival),
            key: null,
            subject: null,
            triggered: null,
          },
    isGenuine: (arrival, secrets) => provider.isGenuine(arrival, secrets),
    hears: () => true,
    read: (_topic, body) => ({ kind: 'review', review: provider.read(body) }),
  };
}

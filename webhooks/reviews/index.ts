import type { Claim, InboundPlatform } from '../../src/commerce/inbound-platform.js';
import { judgeme } from './judgeme.js';
import type { ReviewProvider } from './provider.js';

export const REVIEW_PROVIDERS: readonly ReviewProvider[] = [judgeme];

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

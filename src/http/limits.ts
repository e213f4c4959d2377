import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../lib/errors.js';
import type { Limit } from './contract.js';

/** Requests a minute. Reading and acting are counted per program and member (guests: per address), `owner` per API key, the rest per address. */
export const PER_MINUTE: Record<Exclude<Limit, 'none'> | 'unproved', number> = {
  // a page with the widget asks five times: sixty pages a minute
  read: 300,
  write: 30,
  owner: 600,
  outside: 60,
  // failed proofs of identity, per address
  unproved: 60,
};

/** Mails with links to sign in that a mailbox is sent, from however many addresses they are asked for: as long as a link lasts. */
export const PER_QUARTER_HOUR = { mailbox: 5 };

export const LIMITS = { ...PER_MINUTE, ...PER_QUARTER_HOUR };
export type Limits = typeof LIMITS;
export type LimitName = keyof Limits;

export interface Limiter {
  /** Counts one; throws AppError('too_many_requests', 429) with Retry-After when there were too many within its time. */
  count(limit: LimitName, key: string): Promise<void>;
  /** Throws as above when `key` has used up its share, without counting. */
  refuseIfSpent(limit: LimitName, key: string): Promise<void>;
}

/** Shared by all processes through Redis where there is one; each by itself when there is none, or while it is away. */
export function makeLimiter(redis: Redis | null, most: Limits = LIMITS): Limiter {
  const make = (limit: LimitName): RateLimiterAbstract => {
    const options = {
      keyPrefix: `tallymark_limit_${limit}`,
      points: most[limit],
      duration: limit in PER_QUARTER_HOUR ? 900 : 60,
    };
    const memory = new RateLimiterMemory(options);
    if (!redis) return memory;
    return new RateLimiterRedis({
      ...options,
      storeClient: redis,
      insuranceLimiter: memory,
      rejectIfRedisNotReady: true,
    });
  };
  const limiters: Record<LimitName, RateLimiterAbstract> = {
    read: make('read'),
    write: make('write'),
    owner: make('owner'),
    outside: make('outside'),
    unproved: make('unproved'),
    mailbox: make('mailbox'),
  };
  return {
    async count(limit, key) {
      await limiters[limit].consume(key).catch((reason: unknown) => refuse(reason));
    },
    async refuseIfSpent(limit, key) {
      const spent = await limiters[limit].get(key);
      if (spent && spent.consumedPoints > most[limit]) refuse(spent);
    },
  };
}

function refuse(reason: unknown): never {
  if (!(reason instanceof RateLimiterRes)) throw reason;
  const retryAfter = Math.max(1, Math.ceil(reason.msBeforeNext / 1000));
  throw new AppError('too_many_requests', 429, `Too many requests; try again in ${retryAfter} s.`, { retryAfter });
}

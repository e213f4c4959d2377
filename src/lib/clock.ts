/** An instant as whole milliseconds since the Unix epoch. The only form of time inside the product. */
export type Millis = number;

/** Where "now" comes from; passed in, so that a test can run a year in a second. */
export interface Clock {
  now(): Millis;
}

export const systemClock: Clock = { now: () => Date.now() };

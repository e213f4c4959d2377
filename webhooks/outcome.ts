/** Everything that can become of a request to the receiver. */
export type Outcome =
  /** The row is committed. */
  | 'stored'
  /** Its delivery key was there already: nothing more to do. */
  | 'duplicate'
  /** WooCommerce's unsigned greeting. */
  | 'ping'
  /** Genuine, of a topic of which nothing is kept. */
  | 'unheard'
  /** No store of that domain or token. */
  | 'unknown-store'
  | 'not-genuine'
  /** Genuine bytes that were first seen under another store: one secret serves all of a platform's stores. */
  | 'seen-elsewhere'
  /** Genuine, but sent by a copy of the store's site. */
  | 'other-site'
  /** Headers missing or no such thing as they say, or no body at all. */
  | 'malformed'
  | 'too-large'
  /** Compressed: a signature over what was never sent says nothing, and no platform compresses. */
  | 'encoded'
  | 'too-slow'
  /** The sender hung up before the end: nobody is left to be answered. */
  | 'cut-off'
  | 'no-such-endpoint'
  | 'not-post'
  /** Our database does not answer, or we are broken: the only reason for a 5xx. */
  | 'unavailable';

/** What the sender is told. Any doubt of who speaks is 401; what we cannot keep now is to be sent again. */
export const STATUS: Readonly<Record<Outcome, number>> = {
  stored: 200,
  duplicate: 200,
  ping: 200,
  unheard: 200,
  'unknown-store': 401,
  'not-genuine': 401,
  'seen-elsewhere': 401,
  'other-site': 401,
  malformed: 400,
  'too-large': 413,
  encoded: 415,
  'too-slow': 408,
  'cut-off': 400,
  'no-such-endpoint': 404,
  'not-post': 405,
  unavailable: 503,
};

/** After these the rest of the request is not read: the connection ends with the answer. */
export const HANGS_UP: ReadonlySet<Outcome> = new Set([
  'too-large',
  'encoded',
  'too-slow',
  'no-such-endpoint',
  'not-post',
]);

/** Where the desk stands: by itself in a browser, or inside the admin of a Shopify shop. */
export interface Host {
  readonly embedded: boolean;
  /** The path under which the desk's places lie, without a slash at the end. */
  readonly base: string;
  /** What proves who asks; null where a cookie does. */
  token(): Promise<string | null>;
  /** Signs out, where that is ours to do. */
  leave: (() => Promise<void>) | null;
}

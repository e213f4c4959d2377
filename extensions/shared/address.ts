/** Set by Shopify's tool chain from `.env.live` (`npm run shopify:config` writes it), or by our own build. */
declare const process: { env: { TALLYMARK_URL: string } };

/** Where the service answers, without a slash at the end. */
export const serviceAddress = (): string => process.env.TALLYMARK_URL.replace(/\/+$/, '');

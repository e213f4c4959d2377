/** The two exports that shopify.extension.toml names; Shopify's tool chain hands input in and takes the result out. */
export {
  discountLines as cartLinesDiscountsGenerateRun,
  discountDelivery as cartDeliveryOptionsDiscountsGenerateRun,
} from './run.js';

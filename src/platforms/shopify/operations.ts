/**
 * Every GraphQL operation that we send to Shopify's Admin API, version API_VERSION. Each is validated in tests against the
 * official schema; sizes keep a single query under 1,000 cost points.
 */
const MONEY = '{ shopMoney { amount } }';

/** The order without its lines and without what is inside its refunds. */
export const ORDER = `query Order($id: ID!) {
  order(id: $id) {
    id name updatedAt processedAt cancelledAt closedAt sourceName test email phone currencyCode taxesIncluded
    displayFinancialStatus displayFulfillmentStatus paymentGatewayNames discountCodes
    customer { id } purchasingEntity { __typename } customerLocale shippingAddress { countryCodeV2 } billingAddress { countryCodeV2 }
    totalPriceSet ${MONEY} totalOutstandingSet ${MONEY} totalTipReceivedSet ${MONEY}
    totalCashRoundingAdjustment { refundSet ${MONEY} }
    customAttributes { key value }
    fulfillments(first: 50) { createdAt status }
    transactions(first: 50) { kind status gateway createdAt processedAt amountSet ${MONEY} }
    disputes { id initiatedAs status }
    refunds(first: 50) { id }
    discountApplications(first: 25) {
      nodes {
        __typename index
        ... on DiscountCodeApplication { code }
        ... on ManualDiscountApplication { title }
        ... on AutomaticDiscountApplication { title }
        ... on ScriptDiscountApplication { title }
      }
    }
    shippingLines(first: 10) {
      nodes {
        isRemoved originalPriceSet ${MONEY} discountedPriceSet ${MONEY}
        discountAllocations { allocatedAmountSet ${MONEY} discountApplication { index } }
        taxLines { priceSet ${MONEY} }
      }
    }
  }
}`;

export const ORDER_LINES = `query OrderLines($id: ID!, $after: String) {
  order(id: $id) {
    updatedAt
    lineItems(first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id name quantity currentQuantity isGiftCard product { id } variant { id } sku
        originalUnitPriceSet ${MONEY} totalDiscountSet ${MONEY}
        discountAllocations { allocatedAmountSet ${MONEY} discountApplication { index } }
        taxLines { priceSet ${MONEY} }
      }
    }
  }
}`;

export const REFUND = `query Refund($id: ID!, $after: String) {
  refund(id: $id) {
    id processedAt order { id }
    duties { amountSet ${MONEY} }
    refundLineItems(first: 50, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { quantity lineItem { id } subtotalSet ${MONEY} totalTaxSet ${MONEY} }
    }
    refundShippingLines(first: 10) { nodes { subtotalAmountSet ${MONEY} taxAmountSet ${MONEY} } }
    orderAdjustments(first: 10) { nodes { reason amountSet ${MONEY} taxAmountSet ${MONEY} } }
    transactions(first: 20) { nodes { kind status createdAt processedAt amountSet ${MONEY} } }
  }
}`;

export const REFUND_ORDER = `query RefundOrder($id: ID!) { refund(id: $id) { order { id } } }`;

export const DISPUTE = `query Dispute($id: ID!) { dispute(id: $id) { id type status initiatedAt finalizedOn } }`;

export const ORDERS_CHANGED = `query OrdersChanged($query: String!, $after: String) {
  orders(first: 25, after: $after, query: $query, sortKey: UPDATED_AT) {
    pageInfo { hasNextPage endCursor }
    nodes { id updatedAt }
  }
}`;

const PRODUCT_FIELDS = `id title updatedAt productType tags
  compareAtPriceRange { maxVariantCompareAtPrice { amount } } priceRangeV2 { minVariantPrice { amount } }`;

export const PRODUCT = `query Product($id: ID!, $after: String) {
  product(id: $id) {
    ${PRODUCT_FIELDS}
    collections(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { handle title } }
  }
}`;

export const PRODUCTS = `query Products($after: String) {
  products(first: 25, after: $after, sortKey: ID) {
    pageInfo { hasNextPage endCursor }
    nodes { ${PRODUCT_FIELDS} collections(first: 25) { pageInfo { hasNextPage endCursor } nodes { handle title } } }
  }
}`;

export const CUSTOMER = `query Customer($id: ID!) {
  customer(id: $id) {
    id updatedAt firstName lastName verifiedEmail tags
    defaultEmailAddress { emailAddress }
    defaultPhoneNumber { phoneNumber }
  }
}`;

const DISCOUNT = `
  __typename
  ... on DiscountCodeBasic {
    status usageLimit asyncUsageCount endsAt
    codes(first: 2) { nodes { code } }
    context { __typename ... on DiscountCustomers { customers { id } } }
  }
  ... on DiscountCodeFreeShipping {
    status usageLimit asyncUsageCount endsAt
    codes(first: 2) { nodes { code } }
    context { __typename ... on DiscountCustomers { customers { id } } }
  }`;

export const DISCOUNT_BY_CODE = `query DiscountByCode($code: String!) {
  codeDiscountNodeByCode(code: $code) { id codeDiscount { ${DISCOUNT} } }
}`;

export const CREATE_AMOUNT_OFF = `mutation CreateAmountOff($discount: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $discount) {
    codeDiscountNode { id codeDiscount { ${DISCOUNT} } }
    userErrors { code field message }
  }
}`;

export const CREATE_FREE_SHIPPING = `mutation CreateFreeShipping($discount: DiscountCodeFreeShippingInput!) {
  discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) {
    codeDiscountNode { id codeDiscount { ${DISCOUNT} } }
    userErrors { code field message }
  }
}`;

export const DEACTIVATE_DISCOUNT = `mutation DeactivateDiscount($id: ID!) {
  discountCodeDeactivate(id: $id) { userErrors { code field message } }
}`;

export const DELETE_DISCOUNT = `mutation DeleteDiscount($id: ID!) {
  discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { code field message } }
}`;

export const BALANCES = `query Balances($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on Customer {
      id
      metafield(namespace: "tallymark", key: "balance") { value compareDigest }
      perks: metafield(namespace: "$app", key: "perks") { value }
    }
  }
}`;

export const SET_METAFIELDS = `mutation SetMetafields($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { id }
    userErrors { code field message elementIndex }
  }
}`;

/** The discount that runs our Function; it alone bears the key that customers' notes are signed with. */
export const PERK_DISCOUNTS = `query PerkDiscounts($after: String) {
  discountNodes(first: 50, after: $after, query: "method:automatic") {
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      metafield(namespace: "$app", key: "perks-key") { value }
      tags: metafield(namespace: "$app", key: "perks-tags") { value }
    }
  }
}`;

export const CREATE_PERK_DISCOUNT = `mutation CreatePerkDiscount($discount: DiscountAutomaticAppInput!) {
  discountAutomaticAppCreate(automaticAppDiscount: $discount) {
    automaticAppDiscount { discountId }
    userErrors { code field message }
  }
}`;

export const STORE_CREDIT_ENABLED = `query StoreCreditEnabled { storeCreditConfiguration { storeCreditEnabled } }`;

export const CREDITS = `query Credits($customer: ID!, $after: String) {
  customer(id: $customer) {
    storeCreditAccounts(first: 10) {
      nodes {
        id
        balance { currencyCode }
        transactions(first: 50, after: $after, reverse: true) {
          pageInfo { hasNextPage endCursor }
          nodes {
            __typename
            createdAt
            ... on StoreCreditAccountCreditTransaction {
              id
              expiresAt
              amount { amount currencyCode }
              remainingAmount { amount currencyCode }
            }
            ... on StoreCreditAccountExpirationTransaction {
              amount { amount currencyCode }
              creditTransaction { id }
            }
          }
        }
      }
    }
  }
}`;

export const GIVE_CREDIT = `mutation GiveCredit($customer: ID!, $credit: StoreCreditAccountCreditInput!) {
  storeCreditAccountCredit(id: $customer, creditInput: $credit) {
    storeCreditAccountTransaction { id expiresAt amount { amount currencyCode } }
    userErrors { code field message }
  }
}`;

export const SUBSCRIPTIONS = `query Subscriptions($after: String) {
  webhookSubscriptions(first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id topic uri }
  }
}`;

export const SUBSCRIBE = `mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
    webhookSubscription { id }
    userErrors { field message }
  }
}`;

export const UNSUBSCRIBE = `mutation Unsubscribe($id: ID!) {
  webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId userErrors { field message } }
}`;

export const SHOP = `query Shop { shop { id name myshopifyDomain currencyCode ianaTimezone } }`;

export const OPERATIONS: Readonly<Record<string, string>> = {
  ORDER,
  ORDER_LINES,
  REFUND,
  REFUND_ORDER,
  DISPUTE,
  ORDERS_CHANGED,
  PRODUCT,
  PRODUCTS,
  CUSTOMER,
  DISCOUNT_BY_CODE,
  CREATE_AMOUNT_OFF,
  CREATE_FREE_SHIPPING,
  DEACTIVATE_DISCOUNT,
  DELETE_DISCOUNT,
  BALANCES,
  SET_METAFIELDS,
  PERK_DISCOUNTS,
  CREATE_PERK_DISCOUNT,
  STORE_CREDIT_ENABLED,
  CREDITS,
  GIVE_CREDIT,
  SUBSCRIPTIONS,
  SUBSCRIBE,
  UNSUBSCRIBE,
  SHOP,
};

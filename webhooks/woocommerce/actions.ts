import { z } from 'zod';
import type { Reading } from '../../src/commerce/inbound-platform.js';
import { id, instant } from '../shapes.js';

const actionBody = z.object({ action: z.string(), arg: z.unknown() });
const comment = z.object({ comment_ID: id });

const ORDER = new Set([
  'woocommerce_order_status_changed',
  'woocommerce_order_refunded',
  'woocommerce_order_fully_refunded',
  'woocommerce_order_partially_refunded',
  'woocommerce_payment_complete',
  'woocommerce_new_order',
  'woocommerce_update_order',
  'woocommerce_untrash_order',
  'woocommerce_tallymark_order_changed',
]);
const REMOVED = new Set(['woocommerce_trash_order', 'woocommerce_delete_order']);
const REFUND = new Set(['woocommerce_refund_created', 'woocommerce_refund_deleted']);

/** What the companion plugin says of its own accord: the owner disconnected the shop, or had a person erased. */
const DISCONNECTED = 'woocommerce_tallymark_disconnected';
const ERASED = 'woocommerce_tallymark_person_erased';
const disconnected = z.object({ at: instant });
/** A customer of "0" had no account: only the orders are known. */
const erased = z.object({ customer: id, orders: z.array(id).max(1_000) });

/**
 * `action.<hook>`: the hook's name and its first argument. It says that something changed, never what it is now.
 * `woocommerce_tallymark_*` and `woocommerce_<anything>_review_changed` are the companion plugin's.
 */
export function readAction(topic: string, body: unknown): Reading {
  const { action, arg } = actionBody.parse(body);
  if (topic !== `action.${action}`) return { kind: 'nothing', why: 'the body is of another action than its topic' };
  if (isReview(action)) return readReviewAction(arg);
  if (action === DISCONNECTED) return { kind: 'uninstalled', at: disconnected.parse(arg).at };
  if (action === ERASED) return { kind: 'redact-customer', ...erased.parse(arg) };
  const wanted =
    ORDER.has(action) || action.startsWith('woocommerce_order_status_')
      ? 'order'
      : REFUND.has(action)
        ? 'refund'
        : null;
  const found = id.safeParse(arg);
  if (REMOVED.has(action) && found.success) return { kind: 'order-removed', id: found.data };
  if (wanted === null && !REMOVED.has(action)) return { kind: 'nothing', why: 'no rule asks for this action' };
  return found.success && wanted !== null
    ? { kind: 'poke', what: wanted, id: found.data }
    : { kind: 'nothing', why: 'the action names no id' };
}

function isReview(action: string): boolean {
  return /^woocommerce_(rest_(insert_product|delete)_review|[a-z0-9_]+_review_changed)$/.test(action);
}

/** The argument is the comment's row, or its id. */
function readReviewAction(arg: unknown): Reading {
  const row = comment.safeParse(arg);
  const found = row.success ? row.data.comment_ID : id.safeParse(arg).data;
  if (found === undefined) return { kind: 'nothing', why: 'it names no review; the next poll finds them' };
  return { kind: 'poke', what: 'review', id: found };
}

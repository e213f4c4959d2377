import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CapturedDelivery, wooDeliveries } from '../webhooks/captures.js';

type Json = Record<string, unknown>;

/** A delivery that a real store sent. `body` null = the unsigned greeting, which is no JSON. */
export interface Recorded {
  name: string;
  topic: string;
  /** The webhook's id at the store. */
  webhook: string;
  text: string;
  body: Json | null;
}

export interface Scenario {
  name: string;
  deliveries: Recorded[];
  /** When its last delivery came, as the store's clock writes it. */
  until: string;
}

export interface Person {
  id: string;
  email: string;
}

const FOLDER = 'test/fixtures/woocommerce';

/** Every recorded scenario in the order of its deliveries; a further folder of the same shape is one more. */
export function scenarios(): Scenario[] {
  const byName = new Map<string, CapturedDelivery[]>();
  for (const delivery of wooDeliveries()) {
    const folder = delivery.name.split('/')[0] ?? '';
    byName.set(folder, [...(byName.get(folder) ?? []), delivery]);
  }
  return [...byName].map(([name, deliveries]) => ({
    name,
    deliveries: deliveries.map(toRecorded),
    until: receivedAt(deliveries.at(-1)?.name ?? ''),
  }));
}

function toRecorded({ name, headers, body }: CapturedDelivery): Recorded {
  const header = (wanted: string) => headers.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? '';
  const text = body.toString('utf8');
  const topic = header('x-wc-webhook-topic');
  return {
    name,
    topic,
    webhook: header('x-wc-webhook-id'),
    text,
    body: topic === '' ? null : (JSON.parse(text) as Json),
  };
}

function receivedAt(name: string): string {
  const file = JSON.parse(readFileSync(join(FOLDER, 'webhooks', `${name}.json`), 'utf8')) as { receivedAt: string };
  return file.receivedAt.slice(0, 19);
}

/** All answers of the store's REST API that were recorded, whatever they hold. */
function restAnswers(): unknown[] {
  const folder = join(FOLDER, 'rest');
  return readdirSync(folder).flatMap((file) => {
    const { bodyText } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { bodyText?: string };
    if (bodyText === undefined) return [];
    const body: unknown = JSON.parse(bodyText);
    return Array.isArray(body) ? (body as unknown[]) : [body];
  });
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const REST = restAnswers().filter(isObject);

/** The refunds that were read while recording, by id. */
export const RECORDED_REFUNDS: ReadonlyMap<string, Json> = new Map(
  REST.filter((one) => typeof one['amount'] === 'string' && Array.isArray(one['line_items'])).map((one) => [
    String(one['id']),
    one,
  ]),
);

/** The reviews as they were last listed while recording. */
export const RECORDED_REVIEWS: readonly Json[] = [
  ...new Map(
    REST.filter((one) => typeof one['reviewer_email'] === 'string' && isListed(one)).map((one) => [one['id'], one]),
  ).values(),
];

/** Review 94 was deleted within its own scenario; the lists that came after it know nothing of it. */
function isListed(review: Json): boolean {
  const lists = ['reviews-list', 'reviews-list-after', 'reviews-of-product-after-form'];
  return lists.some((file) => {
    const { bodyText } = JSON.parse(readFileSync(join(FOLDER, 'rest', `${file}.json`), 'utf8')) as { bodyText: string };
    return (JSON.parse(bodyText) as Json[]).some(({ id }) => id === review['id']);
  });
}

export const isOrder = (body: Json | null): body is Json => body !== null && Array.isArray(body['line_items']);

/** The newest body of each order over everything that was recorded. */
export function newestBodies(all: readonly Scenario[]): Map<string, Json> {
  const newest = new Map<string, Json>();
  for (const body of all.flatMap(({ deliveries }) => deliveries.map((one) => one.body))) {
    if (!isOrder(body)) continue;
    const other = newest.get(String(body['id']));
    if (!other || modified(other) <= modified(body)) newest.set(String(body['id']), body);
  }
  return newest;
}

export const modified = (body: Json): string => String(body['date_modified_gmt'] ?? body['date_created_gmt']);

/** Everybody who is a registered customer in any delivery, under the address that was first seen. */
export function customers(all: readonly Scenario[]): Person[] {
  const found = new Map<string, string>();
  const add = (id: unknown, email: unknown) => {
    if (id !== 0 && typeof email === 'string' && !found.has(String(id))) found.set(String(id), email);
  };
  const bodies = all.flatMap(({ deliveries }) => deliveries);
  for (const { topic, body } of bodies) if (topic.startsWith('customer.')) add(body?.['id'], body?.['email']);
  for (const { body } of bodies)
    if (isOrder(body)) add(body['customer_id'], (body['billing'] as Json | undefined)?.['email']);
  return [...found].map(([id, email]) => ({ id, email }));
}

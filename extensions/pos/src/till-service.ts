import { serviceAddress } from '../../shared/address.js';
import { Refused, type Service, serviceFor } from '../../shared/service.js';

/** What POS gives every target: whose till it is, and a token of the member of staff. */
export interface Till {
  session: { getSessionToken(): Promise<string | undefined> };
  locale: { current: { value: string } };
}

const base = () => `${serviceAddress()}/shopify/till/v1`;

/** The service for the customer who stands at the till: the staff's session says which shop, the till says which customer. */
export const serviceAtTill = ({ session, locale }: Till, customer: number): Service =>
  serviceFor({
    base: `${base()}/customers/${customer}`,
    token: () => session.getSessionToken(),
    lang: locale.current.value,
  });

/** The customer with this e-mail, phone number or member code; null when there is none among the members. */
export async function findMember({ session }: Till, text: string): Promise<number | null> {
  const token = await session.getSessionToken();
  const answer = await fetch(`${base()}/find`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ text }),
    signal: AbortSignal.timeout(3_000),
  });
  if (!answer.ok) throw new Refused('not_found', '');
  const { customer } = (await answer.json()) as { customer: string | null };
  return customer === null ? null : Number(customer);
}

import { z } from 'zod';
import { id } from '../shapes.js';

const GID = /^gid:\/\/shopify\/([A-Za-z]+)\/(\d{1,20})(?:\?.*)?$/;

/** `gid://shopify/Order/1` as its number, or null when it is no gid of that kind. */
export function numberOfGid(gid: string, kind: string): string | null {
  const parts = GID.exec(gid);
  return parts?.[1] === kind ? (parts[2] ?? null) : null;
}

/** A gid of one of the kinds, as its number. */
export function gid(...kinds: string[]) {
  return z.string().transform((raw, context) => {
    const number = kinds.map((kind) => numberOfGid(raw, kind)).find((found) => found !== null);
    if (number !== undefined && number !== null) return number;
    context.addIssue({ code: 'custom', message: `not a gid of ${kinds.join(' or ')}` });
    return z.NEVER;
  });
}

/**
 * A resource that names itself twice. The gid is believed before the number, which other people's JSON parsers may
 * have rounded; a gid of another kind means that the body is not of this topic.
 */
export function identified(kind: string) {
  return { id: id.optional(), admin_graphql_api_id: gid(kind).nullish() };
}

export function idOf(resource: {
  id?: string | undefined;
  admin_graphql_api_id?: string | null | undefined;
}): string | null {
  return resource.admin_graphql_api_id ?? resource.id ?? null;
}

import { json, type Answer, type Request } from '../serve.js';

/** wc/v3's list answers: per_page 1..100 (10 by default), totals and the next page in headers. */
export function paged<T>(request: Request, all: readonly T[], show: (item: T) => unknown, home: string): Answer {
  const perPage = Number(request.query.get('per_page') ?? 10);
  const page = Number(request.query.get('page') ?? 1);
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > 100) {
    const why = 'per_page must be between 1 (inclusive) and 100 (inclusive)';
    return invalid('per_page', why);
  }
  const pages = Math.ceil(all.length / perPage);
  const next = new URLSearchParams([...request.query].filter(([name]) => !name.startsWith('oauth_')));
  next.set('page', String(page + 1));
  const link = page < pages ? { link: `<${home}${request.path}?${next}>; rel="next"` } : {};
  return json(200, all.slice((page - 1) * perPage, page * perPage).map(show), {
    'x-wp-total': String(all.length),
    'x-wp-totalpages': String(pages),
    ...link,
  });
}

export function invalid(parameter: string, why: string): Answer {
  return json(400, {
    code: 'rest_invalid_param',
    message: `Invalid parameter(s): ${parameter}`,
    data: { status: 400, params: { [parameter]: why } },
  });
}

/** Lists answer newest first unless told otherwise. */
export function ordered<T>(request: Request, all: readonly T[], by: (item: T) => number): T[] {
  const sign = request.query.get('order') === 'asc' ? 1 : -1;
  return [...all].sort((a, b) => sign * (by(a) - by(b)));
}

/** `modified_after` and the like: site time without a zone unless dates_are_gmt says UTC. Null = not asked. */
export function instant(request: Request, name: string, zone: string): number | null {
  const text = request.query.get(name);
  if (!text) return null;
  const utc = Date.parse(`${text.replace(/Z$/, '')}Z`);
  if (request.query.get('dates_are_gmt') === 'true') return utc;
  const local = new Date(utc).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  return utc - (Date.parse(`${local}Z`) - utc);
}

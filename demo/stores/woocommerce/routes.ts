import type { Answer, Request } from '../serve.js';
import type { Face } from './represent.js';

/** Method, path below /wp-json/wc/v3/, and the answer; `ids` are the path's groups. */
export type Route = [method: string, path: RegExp, answer: (request: Request, ids: string[], face: Face) => Answer];

export const input = <T>(request: Request): T =>
  request.body.length ? (JSON.parse(request.body.toString()) as T) : ({} as T);
export const force = (request: Request): boolean => request.query.get('force') === 'true';

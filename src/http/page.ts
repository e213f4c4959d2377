import type { Reply } from './contract.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Text as it may stand in a page. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** One plain sentence as a page without script or style. `framedBy` = origins that may show it in a frame. */
export function page(status: number, sentence: string, framedBy: readonly string[] = []): Reply {
  const frames = framedBy.length > 0 ? framedBy.join(' ') : "'none'";
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors ${frames}`,
    },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tallymark</title><p>${escaped(sentence)}</p></html>`,
  };
}

import { answered } from '../../api/client.js';
import type { Finder } from '../../shell/commands.js';
import type { Finding } from '../../shell/finders.js';

/** The first few members that a text means. */
export function memberFinder({ api, go, may, members: group }: Finding): Finder {
  return async (text) => {
    if (!may('find-members')) return [];
    const query = { find: text, limit: 6 };
    const { members } = await answered(api.GET('/api/v1/members', { params: { query } }));
    return members.map(({ id, name, email, code }) => ({
      id: `member-${id}`,
      text: [name ?? code, email].filter(Boolean).join(' · '),
      group,
      act: () => void go(`/members/${id}`),
    }));
  };
}

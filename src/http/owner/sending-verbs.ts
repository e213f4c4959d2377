import type * as z from 'zod';
import { peopleOf } from '../../loyalty/names-of.js';
import { listSendings } from '../../loyalty/list-sendings.js';
import { mayDo } from '../../staff/roles.js';
import type * as api from './sending-schemas.js';
import type { Asking } from './verbs.js';
import { type OwnerParts, within } from './within.js';

export interface SendingVerbs {
  sendings(asking: Asking, query: z.infer<typeof api.sendingsQuery>): Promise<z.infer<typeof api.sendingsAnswer>>;
}

export function sendingVerbs(parts: OwnerParts): SendingVerbs {
  return {
    sendings: (asking, { after = null, limit }) =>
      within(parts, asking, async (tx, program) => {
        const rows = await listSendings(tx, program, { after, limit: limit + 1 });
        const shown = rows.slice(0, limit);
        const named = mayDo(asking.owner.role, 'see-names') ? shown.flatMap(({ from, to }) => [from.id, to.id]) : [];
        const people = await peopleOf(tx, program, named, parts.loyalty);
        const side = ({ id, publicId }: { id: string; publicId: string }) => ({
          member: publicId,
          name: people.get(id)?.name ?? null,
        });
        return {
          sendings: shown.map(({ id, at, from, to, unit, points }) => ({
            ...{ id, at: at.toISOString(), from: side(from), to: side(to), unit, points },
          })),
          next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
        };
      }),
  };
}

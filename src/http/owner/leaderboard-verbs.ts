import { AppError } from '../../lib/errors.js';
import { givenPlaces } from '../../loyalty/award-places.js';
import { readStandings } from '../../loyalty/read-leaderboard.js';
import { inForce, ruleVersions } from '../../loyalty/rule-sets.js';
import { compile } from '../../rules/compile.js';
import { periodAt } from '../../rules/leaderboards.js';
import type { OwnerVerbs } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';

export function leaderboardVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'leaderboard'> {
  return {
    leaderboard: (asking, id, top) =>
      within(parts, asking, async (tx, program) => {
        const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], asking.now);
        const board = rules.leaderboards?.find((one) => one.id === id);
        if (!board) throw new AppError('not_found', 404, 'There is nothing of that name here.');
        const period = periodAt(board, compile(rules).calendar, asking.now);
        const { listed, lines } = period
          ? await readStandings(tx, program, board, period, { top })
          : { listed: 0, lines: [] };
        const given = await givenPlaces(tx, program, id, top);
        return {
          ...{ id, by: board.by, unit: board.by === 'points' ? (board.unit ?? 'points') : null, listed },
          period: period && {
            label: period.label,
            from: iso(period.from),
            to: period.to === null ? null : iso(period.to),
          },
          lines: lines.map(({ rank, publicId, name, score }) => ({ rank, member: publicId, name, score })),
          given: given.map((one) => ({ ...one, gives: one.gives ?? {} })),
        };
      }),
  };
}

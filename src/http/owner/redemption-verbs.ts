import * as z from 'zod';
import type { Tx } from '../../db/database.js';
import { type ListedRedemption, listRedemptions, solveRedemption } from '../../loyalty/list-redemptions.js';
import { peopleOf } from '../../loyalty/names-of.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { AppError } from '../../lib/errors.js';
import { mayDo } from '../../staff/roles.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import { rewardTitle } from '../storefront/words.js';
import type { Asking, OwnerVerbs, RedemptionsAnswer, RedemptionsQuery } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

/** What members got for their points, and help for what the shop did not answer for. */
export function redemptionVerbs(parts: OwnerParts): Pick<OwnerVerbs, 'redemptions' | 'solveRedemption'> {
  const listed = (tx: Tx, program: string, asking: Asking, query: RedemptionsQuery) =>
    pageOf(parts, tx, program, asking, query);
  return {
    redemptions: (asking, query) => within(parts, asking, (tx, program) => listed(tx, program, asking, query)),
    solveRedemption: async (asking, id, how) => {
      const answer = await within(parts, asking, async (tx, program) => {
        await solveRedemption(tx, { program, id, how, by: actorOf(asking) }, asking.now, parts.loyalty);
        return listed(tx, program, asking, {
          shown: how === 'give' || how === 'not-given' ? 'to-give' : 'stuck',
          locale: 'en',
          limit: 50,
        });
      });
      parts.ringEffects(asking.owner.program);
      return answer;
    },
  };
}

async function pageOf(
  { loyalty }: OwnerParts,
  tx: Tx,
  program: string,
  { owner, now }: Asking,
  { shown, locale, before, limit }: RedemptionsQuery,
): Promise<RedemptionsAnswer> {
  const rows = await listRedemptions(tx, program, { shown, before: placeOf(before), limit });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const named = mayDo(owner.role, 'see-names') ? page.map(({ member_id }) => member_id) : [];
  const people = await peopleOf(tx, program, named, loyalty);
  const spoken = spokenIn(versionInForce(await publishedVersions(tx, program), now).file, locale);
  return {
    redemptions: page.map((row) => redemptionView(spoken, row, people.get(row.member_id)?.name ?? null)),
    next: last ? `${last.made} ${last.id}` : null,
  };
}

function redemptionView(
  spoken: Spoken,
  row: ListedRedemption,
  memberName: string | null,
): RedemptionsAnswer['redemptions'][number] {
  const reward = spoken.rules.rewards.find(({ id }) => id === row.reward);
  return {
    ...{ id: row.id, made: iso(row.made_at.getTime()), ends: iso(row.expires_at.getTime()) },
    ...{ member: row.public_id, memberName, store: row.store_id },
    ...{ reward: row.reward, title: reward ? rewardTitle(spoken, reward) : row.reward },
    ...{ unit: row.unit, points: row.points, text: spoken.speaker.count(row.unit, Number(row.points)), off: row.off },
    ...{ code: `…${row.code.slice(-4)}`, state: row.state, codeState: row.code_state },
    ...{ byHand: row.by_hand, stuck: row.stuck, trouble: row.trouble },
  };
}

const isInstant = z.iso.datetime({ offset: true });
const isId = z.guid();

/** @throws AppError `invalid_request` (400) for what was never a `next` */
function placeOf(before: string | undefined): { made: string; id: string } | null {
  if (before === undefined) return null;
  const cut = before.lastIndexOf(' ');
  const [made, id] = [before.slice(0, cut), before.slice(cut + 1)];
  // as Postgres writes an instant: a blank for the T, and no minutes in a zone of whole hours
  const written = made.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00');
  if (written < '1970' || !isInstant.safeParse(written).success || !isId.safeParse(id).success)
    throw new AppError('invalid_request', 400, 'Ask with `before` set to the `next` of the page before.');
  return { made, id };
}

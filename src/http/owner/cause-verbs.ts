import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { owedOf, payableFrom, payCause, readCauseMonth, readPaid } from '../../loyalty/cause-payouts.js';
import { fileOfMonth, monthAfter, monthAt } from '../../loyalty/file-of-month.js';
import { readCauses } from '../../loyalty/read-causes.js';
import { type PublishedVersion, publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { spokenIn } from '../storefront/spoken.js';
import type * as api from './cause-schemas.js';
import type * as shared from './schemas.js';
import type { Asking } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type CauseMonthAnswer = z.infer<typeof api.causeMonthAnswer>;

type Locale = z.infer<typeof api.causesQuery>['locale'];

export interface CauseVerbs {
  causes(asking: Asking, locale: Locale): Promise<z.infer<typeof shared.causesAnswer>>;
  causeMonth(asking: Asking, query: z.infer<typeof api.causeMonthQuery>): Promise<CauseMonthAnswer>;
  payCause(asking: Asking, wish: z.infer<typeof api.payCauseRequest>, locale: Locale): Promise<CauseMonthAnswer>;
}

export function causeVerbs(parts: OwnerParts): CauseVerbs {
  return {
    causes: (asking, locale) =>
      within(parts, asking, async (tx, program) => {
        const { file } = versionInForce(await publishedVersions(tx, program), asking.now);
        const causes = await readCauses(tx, program, file.rules);
        const { speaker } = spokenIn(file, locale);
        return {
          causes: causes.map(({ points, money, ...cause }) => ({
            ...{ ...cause, name: speaker.name('rule', cause.cause) },
            ...{ points: points.toString(), money: moneyIn(file.rules, money) },
          })),
        };
      }),
    causeMonth: (asking, { month, locale }) =>
      within(parts, asking, async (tx, program) => {
        const versions = await publishedVersions(tx, program);
        return monthView(tx, program, versions, month ?? lastPayable(versions, asking.now), locale, asking.now);
      }),
    payCause: (asking, { cause, month, owed, on, reference }, locale) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const versions = await publishedVersions(tx, program);
        const wish = { cause, seen: BigInt(owed), on, reference, by: actorOf(asking), now };
        await payCause(tx, program, fileOfMonth(versions, month, now), wish);
        return monthView(tx, program, versions, month, locale, now);
      }),
  };
}

const moneyIn = ({ money: { code: currency, exponent } }: ProgramRules, minor: bigint) => ({
  ...{ minor: minor.toString(), currency, exponent },
});

/** The month before the running one, or the one before that while its day has not come. */
function lastPayable(versions: readonly PublishedVersion[], now: Millis): string {
  const last = monthAfter(monthAt(versions, now), -1);
  return now >= payableFrom(fileOfMonth(versions, last, now)) ? last : monthAfter(last, -1);
}

const MONTHS_BACK = 24;

/** Months that may be paid for and are not, the latest first: as far back as something is left to pay. */
async function monthsOwing(tx: Tx, program: string, versions: readonly PublishedVersion[], now: Millis) {
  let month = monthAt(versions, now);
  const paid = await readPaid(tx, program);
  let left = 0n;
  for (const { cause, money } of await readCauses(tx, program, fileOfMonth(versions, month, now).file.rules))
    left += money - (paid.get(cause) ?? 0n);
  const owing: { month: string; owed: bigint }[] = [];
  for (let back = 0; back <= MONTHS_BACK && left > 0n; back += 1) {
    const read = await readCauseMonth(tx, program, fileOfMonth(versions, month, now));
    const causes = new Set(read.given.map(({ cause }) => cause));
    const owed = [...causes].reduce((sum, cause) => {
      const { members, shop } = owedOf(read, cause);
      return sum + members + shop;
    }, 0n);
    if (owed > 0n && now >= read.payableFrom) owing.push({ month, owed });
    left -= owed;
    month = monthAfter(month, -1);
  }
  return owing;
}

async function monthView(
  tx: Tx,
  program: string,
  versions: readonly PublishedVersion[],
  month: string,
  locale: Locale,
  now: Millis,
): Promise<CauseMonthAnswer> {
  const of = fileOfMonth(versions, month, now);
  const { file, causes } = of;
  const { rules } = file;
  const { speaker } = spokenIn(file, locale);
  const read = await readCauseMonth(tx, program, of);
  const owing = await monthsOwing(tx, program, versions, now);
  const { given, receipts } = read;
  const paidTo = (cause: string) =>
    receipts.reduce((sum, one) => (one.cause === cause ? sum + one.members + one.shop : sum), 0n);
  return {
    month,
    payableFrom: iso(read.payableFrom),
    payable: now >= read.payableFrom,
    owing: owing.map((one) => ({ month: one.month, owed: moneyIn(rules, one.owed) })),
    // one of before is shown for what it was given, or paid
    causes: given.flatMap(({ cause, members, shop }) => {
      if (!causes.includes(cause) && members + shop === 0n && paidTo(cause) === 0n) return [];
      const owed = owedOf(read, cause);
      return {
        ...{ cause, name: speaker.name('rule', cause) },
        ...{ members: moneyIn(rules, members), shop: moneyIn(rules, shop) },
        paid: moneyIn(rules, paidTo(cause)),
        owed: moneyIn(rules, owed.members + owed.shop),
      };
    }),
    receipts: receipts.map(({ members, shop, at, ...receipt }) => ({
      ...{ ...receipt, name: speaker.name('rule', receipt.cause) },
      ...{ members: moneyIn(rules, members), shop: moneyIn(rules, shop), at: iso(at.getTime()) },
    })),
  };
}

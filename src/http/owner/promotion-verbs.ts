import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { changePromotion } from '../../loyalty/control-promotion.js';
import { readDraft } from '../../loyalty/drafts.js';
import { publishedVersion, publishedVersions, timesInForce, versionInForce } from '../../loyalty/program-versions.js';
import { type PromotionState, readPromotions } from '../../loyalty/read-promotions.js';
import type { ProgramFile } from '../../programs/program-file.js';
import { speakerOf } from '../../programs/speaker-of.js';
import { promotionText } from '../../rules/how-it-works/promotion.js';
import { asSentence, type Speaker } from '../../rules/how-it-works/speaker.js';
import { explainStacking } from '../../rules/promotions/explain-stacking.js';
import type { ProgramRules, Promotion } from '../../rules/program-rules.js';
import { type CalendarDay, calendarDays, daysWithin, openDays, type Span } from '../../rules/promotions/open-days.js';
import { Calendar, clockText } from '../../rules/calendar.js';
import { madeOf } from '../../programs/play-examples.js';
import { type Conflict, findConflicts } from '../../rules/promotions/find-conflicts.js';
import { conflictText, stackingSteps } from '../../rules/promotions/say-promotions.js';
import { type Forecast, expectedBy, readForecasts } from '../../simulation/forecasts.js';
import { noDraft } from './publishing-routes.js';
import type { ConflictsAnswer, DaysAnswer, ConflictsQuery, OwnerVerbs, PromotionsAnswer } from './verbs.js';
import { actorOf, iso, type OwnerParts, within } from './within.js';

type PromotionView = PromotionsAnswer['promotions'][number];

export function promotionVerbs(
  parts: OwnerParts,
): Pick<OwnerVerbs, 'promotions' | 'conflicts' | 'promotionDays' | 'changePromotion'> {
  return {
    promotions: (asking, query) =>
      within(parts, asking, async (tx, program) => {
        const file = await fileAsked(tx, program, query, asking.now);
        const speaker = speakerOf(file, query.locale);
        const states = await madeOf(file, () => readPromotions(tx, program, file.rules, asking.now));
        const forecasts = await readForecasts(tx, program);
        return {
          promotions: states.map((state) => ({
            ...stateView(state, speaker),
            forecast: forecastView(forecasts.get(state.promotion.id), state.promotion, file.rules.zone, asking.now),
          })),
        };
      }),
    conflicts: (asking, query) =>
      within(parts, asking, async (tx, program) => {
        const file = await fileAsked(tx, program, query, asking.now);
        const speaker = speakerOf(file, query.locale);
        const conflicts = await madeOf(file, () => findConflicts(file.rules, asking.now));
        return { conflicts: conflicts.map((conflict) => conflictView(file, conflict, speaker)) };
      }),
    promotionDays: (asking, { from, to, of }) =>
      within(parts, asking, async (tx, program) => {
        const file = await fileAsked(tx, program, { of, locale: 'en' }, asking.now);
        const { rules } = file;
        const times = timesInForce(await publishedVersions(tx, program));
        // a draft can give nothing before it is published
        const inForce = (id: string): Span[] =>
          of === 'draft'
            ? [{ from: asking.now, to: null }]
            : times.filter(({ version }) => version.file.rules.promotions.some((one) => one.id === id));
        return madeOf(file, () => daysView(rules, calendarDays(rules.zone, from, to), inForce, asking.now));
      }),
    changePromotion: (asking, change) =>
      within(parts, asking, async (tx, program) => ({
        version: await changePromotion(tx, program, { ...change, by: actorOf(asking) }, asking.now),
      })),
  };
}

function daysView(
  rules: ProgramRules,
  days: readonly CalendarDay[],
  inForce: (promotion: string) => Span[],
  now: Millis,
): DaysAnswer {
  return {
    zone: rules.zone,
    today: clockText(Calendar.of(rules.zone).wallClock(now)).slice(0, 10),
    clockChanges: days
      .map(({ date, ...day }) => ({ date, hours: (day.to - day.from) / 3_600_000 }))
      .filter(({ hours }) => hours !== 24)
      .map(({ date, hours }) => ({ date, hours: Math.round(hours) })),
    promotions: rules.promotions.map(({ id, when }) => ({
      id,
      days: openDays(when, rules.zone, daysWithin(days, inForce(id))),
    })),
  };
}

async function fileAsked(tx: Tx, program: string, { of }: ConflictsQuery, now: Millis): Promise<ProgramFile> {
  if (of === 'draft') return ((await readDraft(tx, program)) ?? noDraft()).file;
  if (of !== undefined) return (await publishedVersion(tx, program, of)).file;
  return versionInForce(await publishedVersions(tx, program), now).file;
}

function stateView({ promotion, state, burn }: PromotionState, speaker: Speaker): Omit<PromotionView, 'forecast'> {
  const { id, unit } = promotion;
  return {
    ...{ id, unit, state, sentence: asSentence(promotionText(promotion, speaker)) },
    ceiling: burn && {
      points: `${burn.ceiling}`,
      granted: `${burn.granted}`,
      left: `${burn.left}`,
      perHour: burn.perHour,
      runsOut: burn.runsOut === null ? null : iso(burn.runsOut),
    },
  };
}

function forecastView(
  forecast: Forecast | undefined,
  promotion: Promotion,
  zone: string,
  now: Millis,
): PromotionView['forecast'] {
  if (!forecast) return null;
  const { points, together, from } = forecast;
  const expected = expectedBy(forecast, promotion, zone, now);
  return {
    ...{ points: `${points}`, expected: expected === null ? null : `${expected}` },
    ...{ together, since: iso(from) },
  };
}

function conflictView(file: ProgramFile, conflict: Conflict, speaker: Speaker): ConflictsAnswer['conflicts'][number] {
  const { first, second, unit, kind, idle, points, example } = conflict;
  return {
    ...{ first, second, unit, kind, idle },
    points: { none: `${points.none}`, first: `${points.first}`, second: `${points.second}`, both: `${points.both}` },
    sentence: conflictText(file.rules, conflict, speaker),
    steps: stackingSteps(explainStacking(file.rules, example, unit), speaker),
  };
}

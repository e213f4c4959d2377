import type { Database, Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { answeredSurveys, answerSurvey } from '../../loyalty/answer-survey.js';
import { type CheckedIn, checkIn } from '../../loyalty/check-in.js';
import type { Loyalty } from '../../loyalty/context.js';
import { chooseDay, chosenDays } from '../../loyalty/choose-day.js';
import { followLink } from '../../loyalty/follow-link.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { dateText } from '../../rules/calendar.js';
import { compile } from '../../rules/compile.js';
import { deedBar } from '../../rules/deeds/index.js';
import type { DeedRule, DeedRuleOf } from '../../rules/deeds/index.js';
import { memberOfShopper, memberRefOf, within } from './asking.js';
import { hasSentence, sentence } from './say.js';
import type { Spoken } from './spoken.js';
import { spokenTo } from './spoken-to.js';
import type { ActivitiesAnswer, Customer, DeedAnswer, Language, StorefrontVerbs } from './verbs.js';

interface DeedParts {
  db: Database;
  loyalty: Loyalty;
  ringEffects(program: string): void;
}

/** The storefront's verbs for what members do beside ordering. */
export function deedVerbs(
  parts: DeedParts,
): Pick<StorefrontVerbs, 'checkIn' | 'activities' | 'answerSurvey' | 'follow' | 'chooseDay'> {
  const { shards } = parts.loyalty;
  const done = async <T extends CheckedIn>(customer: Customer, work: (tx: Tx, ref: MemberRef) => Promise<T>) => {
    const { language } = customer;
    const answer = await inLanguage(language, () =>
      within(parts, customer, async (tx) => {
        const noted = await work(tx, await memberRefOf(tx, customer));
        return { ...noted, ...deedView(await spokenTo(tx, customer), noted) };
      }),
    );
    parts.ringEffects(customer.store.program);
    return answer;
  };
  return {
    checkIn: (customer, code) => done(customer, (tx, ref) => checkIn(tx, ref, code, customer.now, shards)),
    activities: (customer) =>
      within(parts, customer, async (tx) => {
        const { program } = customer.store;
        const member = await memberOfShopper(tx, customer);
        const answered = member === null ? new Set<string>() : await answeredSurveys(tx, { program, member });
        const spoken = await spokenTo(tx, customer);
        const today = dateText(compile(spoken.rules).calendar.wallClock(customer.now));
        const chosen = member === null ? new Map() : await chosenDays(tx, { program, member }, today);
        return activitiesView(spoken, { answered, chosen }, customer.now);
      }),
    answerSurvey: (customer, survey, answers) =>
      done(customer, (tx, ref) => answerSurvey(tx, ref, survey, answers, customer.now, shards)),
    follow: (customer, link) => done(customer, (tx, ref) => followLink(tx, ref, link, customer.now, shards)),
    chooseDay: (customer, wish) => done(customer, (tx, ref) => chooseDay(tx, ref, wish, customer.now, shards)),
  };
}

interface DoneBefore {
  answered: ReadonlySet<string>;
  chosen: ReadonlyMap<string, string[]>;
}

function activitiesView({ rules, nameOf }: Spoken, done: DoneBefore, now: Millis): ActivitiesAnswer {
  const { calendar } = compile(rules);
  const open = rules.deeds.filter((rule) => deedBar(rule, now, calendar) === null);
  const shared = ({ id, name = id, unit, gives }: DeedRule) => ({
    id,
    name: nameOf('rule', id) ?? name,
    gives: { unit, points: gives.toString() },
  });
  return {
    checkIn: open.some(({ kind }) => kind === 'check-in'),
    surveys: open.flatMap((rule) =>
      rule.kind === 'survey'
        ? [{ ...shared(rule), answered: done.answered.has(rule.id), questions: questionsOf(rule) }]
        : [],
    ),
    links: open.filter(({ kind }) => kind === 'social').map(shared),
    ownDays: open
      .filter(({ kind }) => kind === 'own-day')
      .map((rule) => ({ ...shared(rule), chosen: done.chosen.get(rule.id) ?? [] })),
  };
}

function questionsOf({ questions }: DeedRuleOf<'survey'>): ActivitiesAnswer['surveys'][number]['questions'] {
  return questions.map(({ options = null, ...question }) => ({ ...question, options }));
}

function deedView({ speaker, language, nameOf }: Spoken, { rule, gives, ...deed }: CheckedIn): DeedAnswer {
  const name = nameOf('rule', rule) ?? deed.name;
  const all = Object.entries(gives).map(([unit, points]) => speaker.count(unit, Number(points)));
  const pts = speaker.all(all);
  return {
    rule,
    name,
    gives,
    sentence: sentence(all.length > 0 ? 'deed.gives' : 'deed.noted', language, { pts, name }),
  };
}

/** A refusal in the words of the shopper: it is the widget that shows it. */
export async function inLanguage<T>(language: Language, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const key = error instanceof AppError ? `refused.${error.code}` : '';
    if (!(error instanceof AppError) || !hasSentence(key)) throw error;
    throw new AppError(error.code, error.status, sentence(key, language), error.details);
  }
}

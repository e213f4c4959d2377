import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { DeedRuleOf } from '../rules/deeds/index.js';
import type { Question } from '../rules/deeds/survey.js';
import type { CheckedIn } from './check-in.js';
import { deedAnswer, deedRulesInForce, keepDeed, refuseUnlessGiven } from './note-deed.js';
import { ruleVersions } from './rule-sets.js';
import type { MemberRef } from './settle-members.js';

/** By question, the options that were chosen, or the member's own words as the only one. */
export type Answers = Record<string, string[]>;

const KEEP = `
  insert into survey_answer (program_id, survey, member_id, answers, answered_at) values ($1, $2, $3, $4::jsonb, $5)
  on conflict (program_id, survey, member_id) do nothing returning 1`;

const ANSWERED = 'select survey from survey_answer where program_id = $1 and member_id = $2';

/** The surveys that a member has answered. */
export async function answeredSurveys(tx: Tx, { program, member }: MemberRef): Promise<Set<string>> {
  const rows = await tx.prepared<{ survey: string }>('loyalty_answered', ANSWERED, [program, member]);
  return new Set(rows.map(({ survey }) => survey));
}

/**
 * Keeps what a member answered, once, and gives what the survey gives. Throws AppError: 404 for a survey that no rule knows,
 * 422 for answers that do not fit its questions (details name them) or before it opens, 410 after it closes, 409 when it was
 * answered before.
 */
export async function answerSurvey(
  tx: Tx,
  ref: MemberRef,
  survey: string,
  answers: Answers,
  now: Millis,
  shards: number,
): Promise<CheckedIn> {
  const { program, member } = ref;
  const rule = (await deedRulesInForce(tx, program, 'survey', now)).find(({ id }) => id === survey);
  if (!rule) throw new AppError('survey_no-rule', 404, 'There is no such survey.');
  refuseUnfitting(rule, answers);
  const kept = await tx.prepared('loyalty_keep_answers', KEEP, [
    ...[program, survey, member],
    ...[JSON.stringify(answers), new Date(now)],
  ]);
  const deed = { program, member, kind: 'survey', id: `${survey}:${member}`, of: survey, at: now } as const;
  const isNew = kept.length > 0 && (await keepDeed(tx, deed, now, shards));
  const answer = isNew ? await deedAnswer(tx, program, deed) : { reason: 'limit', gives: {} };
  return { rule: rule.id, name: rule.name ?? rule.id, gives: refuseUnlessGiven(answer, 'survey') };
}

function refuseUnfitting({ questions }: DeedRuleOf<'survey'>, answers: Answers): void {
  const strangers = Object.keys(answers).filter((id) => !questions.some((question) => question.id === id));
  const problems = [
    ...strangers.map((question) => ({ question, problem: 'is not asked' })),
    ...questions.flatMap((question) => {
      const problem = problemOf(question, answers[question.id] ?? []);
      return problem === null ? [] : [{ question: question.id, problem }];
    }),
  ];
  if (problems.length > 0)
    throw new AppError('survey_answers', 422, 'The answers do not fit the questions; see details.', { problems });
}

function problemOf({ options, upTo, required }: Question, given: readonly string[]): string | null {
  if (given.length === 0) return required ? 'wants an answer' : null;
  if (!options) return given.length > 1 ? 'wants one answer' : null;
  if (given.length > upTo || new Set(given).size < given.length) return `wants at most ${upTo} of its options`;
  return given.every((one) => options.includes(one)) ? null : 'wants its options';
}

const COUNTS = `
  select q.key as question, a.value as answer, count(*)::int as n from survey_answer s
  cross join jsonb_each(s.answers) q cross join jsonb_array_elements_text(q.value) a
  where s.program_id = $1 and s.survey = $2 group by 1, 2 order by 3 desc, 2 limit 5000`;
const HOW_MANY = 'select count(*)::int as n from survey_answer where program_id = $1 and survey = $2';

/** Throws AppError 404 for a survey that no published version has. */
async function knownSurvey(tx: Tx, program: string, survey: string): Promise<void> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const known = versions.some(({ rules }) => rules.deeds.some(({ id, kind }) => kind === 'survey' && id === survey));
  if (!known) throw new AppError('not_found', 404, 'There is nothing of that name here.');
}

/** How a survey was answered: by question each answer with how often it was given, the most frequent first. */
export async function surveyReport(
  tx: Tx,
  program: string,
  survey: string,
): Promise<{ answered: number; questions: Record<string, { answer: string; n: number }[]> }> {
  await knownSurvey(tx, program, survey);
  const [total] = await tx.prepared<{ n: number }>('loyalty_survey_size', HOW_MANY, [program, survey]);
  const rows = await tx.prepared<{ question: string; answer: string; n: number }>('loyalty_survey_report', COUNTS, [
    program,
    survey,
  ]);
  const questions: Record<string, { answer: string; n: number }[]> = {};
  for (const { question, answer, n } of rows) (questions[question] ??= []).push({ answer, n });
  return { answered: total?.n ?? 0, questions };
}

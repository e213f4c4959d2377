import type { Route } from '../contract.js';
import * as api from './schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** A deed is refused before, after and beyond what its rule allows: 422, 410 and 409; 404 = there is no such thing. */
const refused = { 404: api.errorAnswer, 409: api.errorAnswer, 410: api.errorAnswer, 422: api.errorAnswer };

/** What members do beside ordering. */
export function deedRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/check-in`,
        name: 'checkIn',
        summary: 'The member is where this code is: a poster, a place, an occasion',
        limit: 'write',
        query: langOnly,
        body: api.checkInRequest,
        answers: { 200: api.deedAnswer, ...refused },
      },
      async (customer, { body }) => ok(await verbs.checkIn(customer, body.code)),
    ),
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/activities`,
        name: 'activities',
        summary: 'What can be done beside ordering: surveys that are open, links to follow',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.activitiesAnswer },
      },
      async (customer) => ok(await verbs.activities(customer)),
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/survey-answer`,
        name: 'answerSurvey',
        summary: 'The member answers a survey or a poll, once',
        limit: 'write',
        query: langOnly,
        body: api.surveyAnswerRequest,
        answers: { 200: api.deedAnswer, ...refused },
      },
      async (customer, { body }) => ok(await verbs.answerSurvey(customer, body.survey, body.answers)),
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/follow`,
        name: 'follow',
        summary: 'The member follows a link of the owner’s: the answer says where it leads',
        limit: 'write',
        query: langOnly,
        body: api.followRequest,
        answers: { 200: api.followAnswer, ...refused },
      },
      async (customer, { body }) => ok(await verbs.follow(customer, body.link)),
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/own-day`,
        name: 'chooseDay',
        summary: 'The member chooses a day of their own: today or one of the year ahead',
        limit: 'write',
        query: langOnly,
        body: api.chooseDayRequest,
        answers: { 200: api.deedAnswer, ...refused },
      },
      async (customer, { body }) => ok(await verbs.chooseDay(customer, body)),
    ),
  ];
}

import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import { simulationAnswer, simulationRequest, simulationState, simulationsAnswer } from './simulation-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Playing a program over the past before it is published. */
export function simulationRoutes(verbs: OwnerVerbs): Route[] {
  const params = z.strictObject({ id: z.uuid() });
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/simulations`,
        name: 'startSimulation',
        may: 'edit-drafts',
        summary: 'Asks what a program would have done to the store’s own past; a worker finds out',
        body: simulationRequest,
        answers: { 202: simulationState, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { body }) => ({ status: 202, body: await verbs.startSimulation(asking, body) }),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/simulations`,
        name: 'simulations',
        may: 'see-reports',
        summary: 'The last simulations, newest first, without their reports',
        answers: { 200: simulationsAnswer },
      },
      async (asking) => ok(await verbs.simulations(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/simulations/:id`,
        name: 'simulation',
        may: 'see-reports',
        summary: 'How far a simulation is, and its report when it is done',
        params,
        answers: { 200: simulationAnswer, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => ok(await verbs.simulation(asking, id)),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${BASE}/simulations/:id`,
        name: 'cancelSimulation',
        may: 'edit-drafts',
        summary: 'Ends a simulation that waits or runs; one that is done stays',
        params,
        answers: { 200: simulationState, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => ok(await verbs.cancelSimulation(asking, id)),
    ),
  ];
}

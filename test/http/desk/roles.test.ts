import { describe, expect, test } from '@jest/globals';
import { allRoutes, type RouteParts } from '../../../src/http/routes.js';
import { MAY, mayDo, ROLES } from '../../../src/staff/roles.js';
import { aGate, bearer, serving } from '../serving.js';

/** G: what each role may do at the desk, all of it: one line a route. */
const owned = allRoutes({ demo: null } as RouteParts).flatMap((route) =>
  route.policy.kind === 'owner' ? [{ route, may: route.policy.may }] : [],
);

describe('G: roles and routes', () => {
  test('an owner may do everything; whatever changes something is closed to whoever only reads', () => {
    for (const { route, may } of owned) {
      expect([route.name, mayDo('owner', may)]).toEqual([route.name, true]);
      const own = ['changeMe', 'passkeyToAdd', 'addPasskey', 'removePasskey'];
      const changes = route.method !== 'get' && ![...own, 'checkDraft', 'previewProgram'].includes(route.name);
      expect([route.name, mayDo('read-only', may) && changes]).toEqual([route.name, false]);
    }
  });

  test('who sees members’ names, and who only looks after the program', () => {
    expect(MAY['see-names']).not.toContain('read-only');
    expect(MAY['manage-staff']).toEqual(['owner']);
    expect(ROLES.filter((role) => mayDo(role, 'publish'))).toEqual(['owner', 'admin']);
  });

  test.each(owned.map(({ route, may }) => [`${route.method} ${route.path}`, route, may] as const))(
    '%s: roles that may get in, the others are told who may',
    async (_, route, may) => {
      for (const role of ROLES) {
        let reached = false;
        const gate = aGate({ owner: async () => ({ program: '1', id: '1', name: 'x', role, by: 'key' }) });
        const open = { ...route, serve: async () => ((reached = true), { status: 204 }), answers: { 204: null } };
        const served = await serving([open], gate);
        const path = route.path.replace(/:(\w+)/g, '1');
        const { status } = await fetch(served.url + path, {
          method: route.method.toUpperCase(),
          headers: { ...bearer('tally_1_x'), ...(route.takes && { 'content-type': route.takes }) },
        });
        await served.close();
        expect([role, reached, status]).toEqual([role, mayDo(role, may), mayDo(role, may) ? 204 : 403]);
      }
    },
  );
});

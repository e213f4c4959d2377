import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { inTransaction, type Tx } from '../../../src/db/database.js';
import { staffProof } from '../../../src/http/desk/make-verbs.js';
import { ownerCaller } from '../../../src/http/desk/owner-caller.js';
import { addStaff, listStaff, removeStaff } from '../../../src/staff/people.js';
import { enter, leave, makeSignInLink } from '../../../src/staff/sign-in.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';
import { aGate, bearer, findStore, merchantToken, SHOP } from '../serving.js';

/** G: whoever had the desk open and is known no longer is told why, and nobody else is. */
const stage = ledgerStage();
const NOW = Date.UTC(2026, 10, 22, 12);
const MONTH = 30 * 24 * 3_600_000;
let program: string;
const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(stage.db.app, { programs: [program] }, fn);
const TOM = { email: 'tom@shop.example', name: 'Tom', role: 'till', locale: 'nl' } as const;

beforeAll(async () => {
  program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  await within((tx) => addStaff(tx, program, { ...TOM, email: 'marta@shop.example', role: 'owner' }, 'test'));
});

/** Why the desk does not open; null when it does. */
async function shutBecause(headers: Record<string, string>, now = NOW): Promise<unknown> {
  const ofShop = async (platform: string, key: string) => {
    const store = await findStore(platform, key);
    return store && { ...store, program };
  };
  const gate = aGate({ staff: staffProof(stage.db.app, ofShop) }, {});
  const request = { method: 'GET', get: (name: string) => headers[name] } as Request;
  return ownerCaller(request, 'see-program', { ...gate, now }).then(
    () => null,
    ({ status, details }: { status: number; details: { why?: string } }) => ({ status, why: details.why ?? null }),
  );
}
async function session(id: string): Promise<string> {
  const link = await within((tx) => makeSignInLink(tx, program, id, NOW));
  return (await enter(stage.db.app, link, NOW)).session;
}

describe('G: the desk is shut', () => {
  test('to whom was removed it says so; let in again they sign in anew', async () => {
    const { id } = await within((tx) => addStaff(tx, program, TOM, 'test'));
    const cookie = `tallymark=${await session(id)}`;
    expect(await shutBecause({ cookie })).toBe(null);
    await within((tx) => removeStaff(tx, program, id, NOW, 'test'));
    expect(await shutBecause({ cookie })).toEqual({ status: 401, why: 'removed' });
    await within((tx) => addStaff(tx, program, TOM, 'test'));
    expect(await shutBecause({ cookie })).toEqual({ status: 401, why: 'ended' });
  });

  test('to whose session ended, or was ended elsewhere, it says that', async () => {
    const { id } = await within((tx) => addStaff(tx, program, { ...TOM, email: 'kim@shop.example' }, 'test'));
    const [long, left] = [await session(id), await session(id)];
    await within((tx) => leave(tx, program, left));
    const ended = { status: 401, why: 'ended' };
    expect(await shutBecause({ cookie: `tallymark=${long}` }, NOW + MONTH + 1)).toEqual(ended);
    expect(await shutBecause({ cookie: `tallymark=${left}` })).toEqual(ended);
  });

  test('A1: inside the shop’s admin, to whom was removed', async () => {
    const authorization = async () => bearer(await merchantToken({ shop: SHOP }));
    expect(await shutBecause(await authorization(), Date.now())).toBe(null);
    const all = await within((tx) => listStaff(tx, program));
    const id = all.find(({ email, role }) => email === null && role === 'admin')?.id ?? '';
    await within((tx) => removeStaff(tx, program, id, Date.now(), 'test'));
    expect(await shutBecause(await authorization(), Date.now())).toEqual({ status: 401, why: 'removed' });
  });

  test('to strangers it says nothing', async () => {
    const stranger = { status: 401, why: null };
    expect(await shutBecause({})).toEqual(stranger);
    expect(await shutBecause({ authorization: 'Bearer tally_none' })).toEqual(stranger);
  });
});

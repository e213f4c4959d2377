import { dice } from './dice.js';
import type { History, Program } from './format.js';
import { beyond, DEEDS } from './random-words.js';
import { editedOrder, newOrder } from './random-orders.js';
import { randomProgram, randomRules, randomTerms, randomUnit, PRODUCTS } from './random-program.js';
import { DAY, MINUTE, newCustomer, present, tell, tellSometimesLate, written, type Scene } from './random-scene.js';

export interface Options {
  /** How many happenings, arrivals of them apart. */
  operations: number;
  /** Kinds of happenings that stay out, for narrowing a divergence down. */
  without?: string[];
  /** Programs that say more than the format knows. */
  beyond?: boolean;
}

/** A valid history of any shape that the format knows; the same seed gives the same one. */
export function randomHistory(seed: number, { operations, without = [], beyond: how = false }: Options): History {
  const roll = dice(seed);
  const program = randomProgram(roll, how);
  const scene: Scene = {
    roll,
    beyond: how,
    program,
    events: [],
    now: Date.UTC(2026, 0, 1, 9, 0),
    members: [],
    orders: new Map(),
    reservations: [],
    customers: 0,
  };
  join(scene);
  if (roll.chance(0.7)) join(scene);
  const silent = how ? without : [...without, 'send', 'household'];
  // some shops live of what is done beside ordering: only there all together use up what they are given for it
  const busy = how && roll.chance(0.25);
  const deck = Object.entries(HAPPENINGS)
    .filter(([name]) => !silent.includes(name))
    .map(([name, one]) => ({ ...one, weight: busy && BESIDE.includes(name) ? 8 * one.weight : one.weight }));
  for (let operation = 0; operation < operations; operation += 1) {
    pass(scene);
    let at = roll.int(0, deck.reduce((all, { weight }) => all + weight, 0) - 1);
    deck.find(({ weight }) => (at -= weight) < 0)?.happen(scene);
  }
  return withoutClash({ program, history: scene.events });
}

/**
 * Where points lift, nothing that levels bring can be asked for what lifts: no birthday gives by level then, and no level brings an
 * allowance once a rule asks the balance. Once a version is so, all are.
 */
function withoutClash(of: History): History {
  const { program, history } = of;
  const published = history.flatMap((event) => (event.kind === 'rules' ? [event.program] : []));
  const all = [program, ...published];
  if (!all.some(({ tiers }) => tiers?.basis === 'points')) return of;
  const asked = all.some(({ earning = [], promotions = [] }) =>
    [...earning, ...promotions].some(({ when }) => when?.balance),
  );
  const plain = <P extends Partial<Program>>(one: P): P => {
    const { givesByTier: _, ...birthday } = one.birthday ?? { gives: 0 };
    const allowances = one.allowances?.map(({ tiers, ...rest }) => (asked || !tiers ? rest : { ...rest, tiers }));
    return { ...one, ...(one.birthday ? { birthday } : {}), ...(allowances ? { allowances } : {}) };
  };
  const told = history.map((event) => (event.kind === 'rules' ? { ...event, program: plain(event.program) } : event));
  return { program: plain(program), history: told };
}

/** Often minutes or hours, sometimes nothing, days to the same wall clock, or long enough for lots to end. */
function pass(scene: Scene): void {
  const { roll } = scene;
  scene.now += roll.pick([
    () => 0,
    () => roll.int(1, 300) * MINUTE,
    () => roll.int(1, 300) * MINUTE,
    () => DAY,
    () => roll.int(1, 10) * DAY,
    () => roll.int(1, 5 * 24 * 60) * MINUTE,
    () => (roll.chance(0.4) ? roll.int(20, 120) * DAY : MINUTE),
  ])();
}

const HAPPENINGS: Record<string, { weight: number; happen: (scene: Scene) => void }> = {
  join: { weight: 3, happen: (scene) => (scene.members.length < 4 ? join(scene) : undefined) },
  link: { weight: 2, happen: link },
  order: { weight: 30, happen: newOrder },
  edit: { weight: 40, happen: editedOrder },
  reserve: { weight: 12, happen: reserve },
  release: { weight: 6, happen: release },
  adjust: { weight: 5, happen: adjust },
  review: { weight: 6, happen: review },
  referral: { weight: 3, happen: referral },
  claim: { weight: 4, happen: claim },
  merge: { weight: 1, happen: merge },
  visit: { weight: 3, happen: visit },
  rules: { weight: 3, happen: publish },
  update: { weight: 1, happen: update },
  deed: { weight: 5, happen: deed },
  send: { weight: 8, happen: send },
  household: { weight: 5, happen: share },
  clock: { weight: 2, happen: ({ events, now }) => void events.push({ kind: 'clock', at: written(now) }) },
};

const BESIDE = ['deed', 'review', 'referral'];

function join(scene: Scene): void {
  const { roll, now } = scene;
  const known = [...scene.orders.values()].flatMap(({ snapshot }) => (snapshot.customer ? [snapshot.customer] : []));
  const theirs = known.find((customer) => !scene.members.some((member) => member.customers.includes(customer)));
  const id = `m${scene.members.length + 1}`;
  const customers = [theirs !== undefined && roll.chance(0.6) ? theirs : newCustomer(scene)];
  scene.members.push({ id, merged: false, customers });
  const email = roll.chance(0.1) ? 'Same+1@shop.test' : `${id}@shop.test`;
  const birthday = roll.chance(0.4) ? { birthday: roll.pick(['1990-02-29', '1980-04-10', '1985-02-28']) } : {};
  const phone = roll.chance(0.2) ? { phone: roll.pick(['+31611111111', '+31622222222']) } : {};
  tellSometimesLate(scene, { kind: 'join', member: id, at: written(now), customers, email, ...phone, ...birthday });
  if (roll.chance(0.5)) welcome(scene, id);
}

/** Points to play with, from the start. */
function welcome(scene: Scene, member: string): void {
  const { roll, now } = scene;
  const unit = roll.pick(Object.keys(scene.program.units));
  const gift = { kind: 'adjust' as const, id: `W${scene.events.length}`, member, unit, amount: roll.int(20, 80) };
  scene.events.push({ ...gift, reason: 'welcome', at: written(now) });
}

function link(scene: Scene): void {
  const { roll, now } = scene;
  const member = roll.pick(present(scene));
  const known = [...scene.orders.values()].flatMap(({ snapshot }) => (snapshot.customer ? [snapshot.customer] : []));
  const loose = known.filter((customer) => !scene.members.some((other) => other.customers.includes(customer)));
  const customer = loose.length > 0 ? roll.pick(loose) : newCustomer(scene);
  member.customers.push(customer);
  tell(scene, { kind: 'link', member: member.id, customer, at: written(now) }, true);
}

function reserve(scene: Scene): void {
  const { roll, now } = scene;
  const rewards = scene.program.rewards ?? [];
  const reward = roll.pick(rewards);
  const id = reward.kind === 'donation' ? `G${scene.events.length}` : `R${scene.reservations.length + 1}`;
  const points =
    reward.kind === 'slider' && roll.chance(0.6) ? roll.int(1, 8) * 5 + (roll.chance(0.05) ? 1 : 0) : undefined;
  const member = roll.pick(present(scene)).id;
  const worth = roll.pick([0, 301, 2500, 9000, 9000, 9000]);
  const cart = {
    lines: [
      {
        id: '1',
        kind: 'product' as const,
        product: roll.pick(PRODUCTS),
        quantity: 1,
        net: worth,
        tax: 0,
        tags: roll.some(['sale'], 0.2),
      },
    ],
    shipping: { net: roll.pick([0, 495]), tax: 0 },
  };
  // what is given to a cause has no code that an order could carry
  if (reward.kind !== 'donation') scene.reservations.push({ id, member, reward: reward.id, points: points ?? 10 });
  const event = {
    kind: 'reserve' as const,
    id,
    member,
    reward: reward.id,
    at: written(now),
    ...(points ? { points } : {}),
  };
  scene.events.push(roll.chance(0.95) ? { ...event, cart } : event);
}

function release(scene: Scene): void {
  if (scene.reservations.length === 0) return;
  tell(scene, { kind: 'release', redemption: scene.roll.pick(scene.reservations).id, at: written(scene.now) }, true);
}

function adjust(scene: Scene): void {
  const { roll, now } = scene;
  const amount = roll.int(1, 40) * (roll.chance(0.5) ? 1 : -1);
  const unit = roll.pick(Object.keys(scene.program.units));
  const id = `A${scene.events.length}`;
  tell(
    scene,
    { kind: 'adjust', id, member: roll.pick(present(scene)).id, unit, amount, reason: 'by hand', at: written(now) },
    true,
  );
}

function review(scene: Scene): void {
  const { roll, now } = scene;
  const before = scene.events.filter((event) => event.kind === 'review');
  const status = roll.pick(['pending', 'approved', 'approved', 'spam', 'removed'] as const);
  const again = before.length > 0 && roll.chance(0.5) ? roll.pick(before) : null;
  if (again) {
    return tell(scene, { ...again, at: written(now), arrives: written(now), status }, true);
  }
  const customer = roll.pick(scene.members.flatMap((member) => member.customers));
  const event = {
    kind: 'review' as const,
    id: `V${scene.events.length}`,
    product: roll.pick(PRODUCTS),
    customer,
    status,
  };
  tell(scene, { ...event, at: written(now), written: written(now), photo: roll.chance(0.3) }, true);
}

function referral(scene: Scene): void {
  const { roll, now } = scene;
  const advocate = roll.pick(present(scene)).id;
  const friend = roll.chance(0.7) ? newCustomer(scene) : roll.pick(scene.members.flatMap((member) => member.customers));
  tell(scene, { kind: 'referral', id: `F${scene.events.length}`, advocate, customer: friend, at: written(now) }, true);
  if (
    roll.chance(0.7) &&
    !scene.members.some((member) => member.customers.includes(friend)) &&
    scene.members.length < 4
  ) {
    scene.now += MINUTE;
    const id = `m${scene.members.length + 1}`;
    scene.members.push({ id, merged: false, customers: [friend] });
    scene.events.push({
      kind: 'join',
      member: id,
      at: written(scene.now),
      customers: [friend],
      email: `${id}@shop.test`,
    });
  }
}

function claim(scene: Scene): void {
  const guests = [...scene.orders.values()].filter(({ snapshot, claimed }) => !snapshot.customer && !claimed);
  const order = guests[0];
  if (!order) return;
  order.claimed = true;
  const member = scene.roll.pick(present(scene)).id;
  tell(scene, { kind: 'claim', order: order.snapshot.id, member, at: written(scene.now) }, true);
}

function merge(scene: Scene): void {
  const [from, into] = scene.roll.chance(0.5) ? present(scene) : [...present(scene)].reverse();
  if (!from || !into) return;
  from.merged = true;
  tell(scene, { kind: 'merge', from: from.id, into: into.id, at: written(scene.now) }, true);
}

function visit(scene: Scene): void {
  tell(scene, { kind: 'visit', member: scene.roll.pick(present(scene)).id, at: written(scene.now) }, true);
}

/** Something beside ordering, where the program knows more than the format. */
function deed(scene: Scene): void {
  const { roll, now } = scene;
  if (!scene.beyond) return;
  // one more often than the others: it is what limits are met by
  const { id: of, kind: does } = roll.pick(roll.chance(0.4) ? DEEDS.slice(0, 1) : DEEDS);
  const member = roll.pick(present(scene)).id;
  const chosen = does === 'own-day' ? { chosen: written(now + roll.pick([0, 0, 1, 5]) * 86_400_000).slice(0, 10) } : {};
  tell(scene, { kind: 'deed', id: `D${scene.events.length}`, of, does, member, ...chosen, at: written(now) }, true);
}

/** Points for another member, where the program lets them. */
function send(scene: Scene): void {
  const { roll, now } = scene;
  const member = roll.pick(present(scene)).id;
  const others = present(scene).filter(({ id }) => id !== member);
  const to = others.length > 0 && roll.chance(0.95) ? roll.pick(others).id : member;
  const points = roll.pick([1, 4, 5, 10, 20, 35]);
  scene.events.push({ kind: 'send', id: `S${scene.events.length}`, member, to, points, at: written(now) });
}

/** Somebody comes into a household: for a time that is known, or for good; nobody is in two. */
function share(scene: Scene): void {
  const { roll, now, events } = scene;
  const member = roll.pick(present(scene)).id;
  const others = present(scene).filter(({ id }) => id !== member);
  const isIn = events.some(
    (one) => one.kind === 'household' && one.member === member && !(one.until && Date.parse(one.until) <= now),
  );
  if (isIn || others.length === 0) return;
  const until = roll.chance(0.7) ? { until: written(now + roll.int(0, 40) * DAY) } : {};
  tell(scene, { kind: 'household', member, head: roll.pick(others).id, ...until, at: written(now) }, true);
}

function publish(scene: Scene): void {
  const { roll, program, now } = scene;
  const units = Object.keys(program.units);
  const rules = randomRules(roll, units);
  const all = scene.beyond ? beyond(roll, rules, units) : rules;
  const kept = Object.fromEntries(Object.entries(all).filter(() => roll.chance(0.5)));
  const newUnits = roll.chance(0.3) ? { units: Object.fromEntries(units.map((unit) => [unit, randomUnit(roll)])) } : {};
  const changed = { ...kept, ...newUnits, ...randomTerms(roll) };
  tellSometimesLate(scene, { kind: 'rules', at: written(now), program: changed });
}

function update(scene: Scene): void {
  const member = scene.roll.pick(present(scene)).id;
  const birthday = scene.roll.pick(['1990-02-29', '1980-07-10']);
  tell(scene, { kind: 'update', member, birthday, at: written(scene.now) }, true);
}

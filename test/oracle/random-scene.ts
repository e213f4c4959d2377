import type { Dice } from './dice.js';
import type { History, HistoryEvent, OrderEvent } from './format.js';

/** An order as the shop has it, whatever of it has been told. */
export interface Draft {
  snapshot: OrderEvent;
  claimed: boolean;
}

/** The history as it grows: what has happened, whatever has arrived of it. */
export interface Scene {
  roll: Dice;
  /** With words beyond the format. */
  beyond: boolean;
  program: History['program'];
  events: HistoryEvent[];
  now: number;
  members: { id: string; merged: boolean; customers: string[] }[];
  orders: Map<string, Draft>;
  reservations: { id: string; member: string; reward: string; points: number }[];
  customers: number;
}

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const written = (t: number): string => new Date(t).toISOString();

/** Tells what happened now: at once, or late; sometimes twice. */
export function tell(scene: Scene, event: HistoryEvent, late: boolean): void {
  const { roll } = scene;
  const delay = late && roll.chance(0.2) ? roll.int(1, 20 * 24 * 60) * MINUTE : 0;
  const told = delay > 0 ? { ...event, arrives: written(Date.parse(event.at) + delay) } : event;
  scene.events.push(told);
  if (roll.chance(0.05))
    scene.events.push({ ...told, arrives: written(Date.parse(event.at) + delay + roll.int(0, 5) * DAY) });
}

/** What is nearly always known at once, and now and then is not. */
export const tellSometimesLate = (scene: Scene, event: HistoryEvent): void =>
  scene.roll.chance(0.2) ? tell(scene, event, true) : void scene.events.push(event);

export const present = (scene: Scene): Scene['members'] => scene.members.filter((member) => !member.merged);

export function newCustomer(scene: Scene): string {
  scene.customers += 1;
  return `c${scene.customers}`;
}

import type { Redeemable, Reward } from './answers.js';

/** Whole steps only: the most is the largest multiple of the step that the limit allows. */
export function bounds(offer: Redeemable, { slider }: Pick<Reward, 'slider'>) {
  const step = Number(offer.step ?? slider?.step ?? 1);
  const most = Math.floor(Number(offer.points) / step) * step;
  const least = Math.max(step, Math.ceil(Number(offer.min ?? slider?.min ?? 0) / step) * step);
  const half = Math.max(least, Math.floor(most / 2 / step) * step);
  const worth = (points: number) =>
    offer.off.minor && points === Number(offer.points)
      ? offer.off.minor
      : (points / step) * (slider?.offPerStep.minor ?? 0);
  return { step, most, least, half, worth };
}

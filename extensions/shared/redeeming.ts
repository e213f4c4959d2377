import type { Redemption } from '../../widget/answers.js';
import { newKey, Refused, type Service, type Wish } from './service.js';

/** Where the code goes: a checkout or a till. False = it was not taken, `why` is the platform's sentence. */
export type TakeCode = (code: string) => Promise<{ taken: boolean; why: string }>;

export type Outcome =
  | { is: 'applied'; redemption: Redemption }
  /** Nothing was used: the points are where they were. `why` is a sentence, empty when there is none. */
  | { is: 'refused'; why: string }
  /** It is not known whether points are held: the same intention (`again`) finds out. */
  | { is: 'unknown'; again: () => Promise<Outcome> };

export interface Pace {
  wait(ms: number): Promise<void>;
}

const BETWEEN_MS = 700;
const LOOKS = 12;

/**
 * Holds points, waits for the code and hands it to the checkout. What the checkout does not take is let go at once, so that
 * points are never held for nothing; a lost answer is asked for again under the same key, never paid twice.
 */
export async function useReward(
  service: Service,
  wish: Wish,
  take: TakeCode,
  pace: Pace,
  key: string = newKey(),
): Promise<Outcome> {
  try {
    const redemption = await coded(service, await service.redeem(wish, key), pace);
    if (redemption.state === 'captured') return { is: 'applied', redemption };
    if (redemption.code === null) {
      const gone = redemption.codeState === 'failed' || redemption.codeState === 'killed';
      if (!gone) await letGo(service, redemption);
      return { is: 'refused', why: '' };
    }
    const { taken, why } = await take(redemption.code);
    if (taken) return { is: 'applied', redemption };
    await letGo(service, redemption);
    return { is: 'refused', why };
  } catch (error) {
    if (error instanceof Refused) return { is: 'refused', why: error.message };
    return { is: 'unknown', again: () => useReward(service, wish, take, pace, key) };
  }
}

async function coded(service: Service, made: Redemption, pace: Pace): Promise<Redemption> {
  let redemption = made;
  for (let looks = 0; looks < LOOKS && redemption.codeState === 'wanted'; looks += 1) {
    await pace.wait(BETWEEN_MS);
    redemption = await service.redemption(redemption.id);
  }
  return redemption;
}

/** The service ends what nobody uses by itself; this only makes it sooner, so a failure changes nothing. */
async function letGo(service: Service, { id }: Redemption): Promise<void> {
  await service.undo(id).catch(() => undefined);
}

import * as z from 'zod';
import { cart } from './schemas.js';

export const stickerOrder = z.strictObject({ order: z.string().min(1).max(100) });
export const stickersAnswer = z.strictObject({
  codes: z.array(z.string()).meta({ description: 'each is worth one sticker to whoever has it, once' }),
});
export const stickerRedeemRequest = z.strictObject({
  reward: z.string().max(100),
  codes: z.array(z.string().min(1).max(64)).min(1).max(1000),
  cart,
});

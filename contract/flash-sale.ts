/** A lower price for a while, as buyers see it. */
import { type Static, Type } from 'typebox';
import { AmountMinor, EpochMs } from './common.ts';

export const FlashSaleView = Type.Object({
  startsAt: EpochMs,
  endsAt: EpochMs,
  priceMinor: AmountMinor,
  perBuyerLimit: Type.Union([Type.Integer(), Type.Null()]),
  left: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'Pieces left at this price; null: no limit',
  }),
});
export type FlashSaleView = Static<typeof FlashSaleView>;

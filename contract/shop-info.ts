/** `GET /api/v1/shop`. */
import { type Static, Type } from 'typebox';
import { ShownAppearance } from './appearance.ts';

/** What a page shows around the goods. */
export const ShopInfo = Type.Object({
  name: Type.String(),
  announcement: Type.String(),
  sandbox: Type.Boolean({ description: 'A payment channel that moves no money is on' }),
  hasSampleData: Type.Boolean(),
  /** Buyers may ask to be told when something is back. */
  restockMails: Type.Optional(Type.Boolean()),
  recording: Type.Boolean({
    description: 'Degrade mode: orders are recorded, answered with a ticket, and placed when the database is back',
  }),
  // A program of the version before does not send it while both serve.
  look: Type.Optional(ShownAppearance),
});
export type ShopInfo = Static<typeof ShopInfo>;

/** "Tell me when it is back." */
import { Type } from 'typebox';
import { EpochMs, Language, RowId } from './common.ts';

/** As the mail server wants it: nothing that could begin a second address. */
export const RestockBody = Type.Object(
  {
    contact: Type.String({
      maxLength: 255,
      pattern: '^\\s*[^\\s@<>",;]{1,64}@[^\\s@<>",;]{1,180}\\.[^\\s@<>",;.]{2,}\\s*$',
      description: 'A mail address',
    }),
    lang: Language,
  },
  { additionalProperties: false },
);

/** For the desk: how many wait for what. */
export const RestockWaitList = Type.Object({
  waits: Type.Array(Type.Object({ skuId: RowId, name: Type.String(), waiting: Type.Integer(), since: EpochMs })),
});
export const RestockWaitQuery = Type.Object({ lang: Type.Optional(Language) });

/** What the card pages ask of the administration API. */
import type { Static } from 'typebox';
import type {
  AdminCardReply,
  CardBatchList,
  CardList,
  MovedCards,
  StockReport,
  WithdrawnBatch,
} from '../../../contract/card.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export const moves = ['withdraw', 'quarantine', 'restore'] as const;
export type Move = (typeof moves)[number];

export const showStock = async (skuId: number, signal: AbortSignal) =>
  (await call<Static<typeof StockReport>>(`/cards/stock${searchText({ skuId })}`, { signal })).stock;
export const listCards = (
  search: { skuId: number; status?: string | undefined },
  before: number | undefined,
  signal: AbortSignal,
) => call<CardList>(`/cards${searchText({ ...search, before })}`, { signal });
export const listBatches = (skuId: number, before: number | undefined, signal: AbortSignal) =>
  call<Static<typeof CardBatchList>>(`/cards/batches${searchText({ skuId, before })}`, { signal });
export const findCard = async (number: string) =>
  (await call<Static<typeof AdminCardReply>>('/cards/find', { method: 'POST', body: { number } })).card;
export const moveCards = (move: Move, ids: readonly number[], reason: string) =>
  call<MovedCards>(`/cards/${move}`, { method: 'POST', body: { ids, reason } });
export const withdrawBatch = (id: number, reason: string) =>
  call<Static<typeof WithdrawnBatch>>(`/cards/batches/${id}/withdraw`, { method: 'POST', body: { reason } });

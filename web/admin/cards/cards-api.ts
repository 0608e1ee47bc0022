/** What the card pages ask of the administration API. */
import type { Static } from 'typebox';
import type { ReplacedBatchReply } from '../../../contract/admin-replacements.ts';
import type {
  AdminCardReply,
  CardBatchList,
  CardList,
  ChangedSku,
  ExportCardsBody,
  MovedCards,
  PurgedCards,
  StockReport,
  WithdrawnBatch,
} from '../../../contract/card.ts';
import { call } from '../api.ts';
import { download } from '../download.ts';
import { searchText } from '../search-text.ts';

export const moves = ['withdraw', 'quarantine', 'restore'] as const;
export type Move = (typeof moves)[number];

export const showStock = async (skuId: number, signal: AbortSignal) =>
  (await call<Static<typeof StockReport>>(`/cards/stock${searchText({ skuId })}`, { signal })).stock;
export const listCards = (
  search: { skuId?: number; status?: string | undefined },
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
export const replaceBatch = (id: number, after: number, reason: string) =>
  call<ReplacedBatchReply>(`/cards/batches/${id}/replace`, {
    method: 'POST',
    body: { after, reason },
    timeoutMs: 120_000,
  });
export const changeSku = (ids: readonly number[], toSkuId: number, reason: string) =>
  call<Static<typeof ChangedSku>>('/cards/change-sku', { method: 'POST', body: { ids, toSkuId, reason } });
export const purgeCards = (ids: readonly number[], expected: number, reason: string) =>
  call<Static<typeof PurgedCards>>('/cards/purge', { method: 'POST', body: { ids, expected, reason } });
export const exportCards = (body: Static<typeof ExportCardsBody>) => download('/cards/export', body);

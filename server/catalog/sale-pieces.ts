/**
 * The pieces of flash sales while a batch of orders is placed: their rows are locked, handed out in memory in the order of
 * the batch, and written once. So a sale that a thousand buyers wait for costs a statement a batch, and is never oversold.
 */
import type { Tx } from '../platform/db/database.ts';
import { RowsChanged } from '../platform/db/errors.ts';
import type { SkuForPricing } from './catalog-store.ts';
import { countSold, lockFlashSales } from './flash-sale-store.ts';
import type { FlashSale } from './price.ts';

interface SaleLine {
  flashSaleId: number | null;
  quantity: number;
}

export interface SalePieces {
  take(lines: readonly SaleLine[]): void;
  putBack(lines: readonly SaleLine[]): void;
  /** Writes what was taken. @returns whether a sale has none left now */
  write(tx: Tx): Promise<boolean>;
}

/** Locks the sales that are on and brings what the SKUs say of them up to date. */
export async function openSalePieces(
  tx: Tx,
  skus: ReadonlyMap<number, SkuForPricing>,
  now: number,
): Promise<SalePieces> {
  const running = [...skus.values()].filter(({ flashSale }) => flashSale !== null && flashSale.endsAt > now);
  const sales = await lockFlashSales(
    tx,
    running.map(({ flashSale }) => (flashSale as FlashSale).id),
  );
  const before = new Map([...sales].map(([id, sale]) => [id, sale.sold]));
  // Judging reads these records: what one order takes, the next one no longer finds.
  for (const sku of running) sku.flashSale = sales.get((sku.flashSale as FlashSale).id) ?? null;
  const move = (lines: readonly SaleLine[], sign: 1 | -1) => {
    for (const { flashSaleId, quantity } of lines) {
      const sale = flashSaleId === null ? undefined : sales.get(flashSaleId);
      if (sale) sale.sold += sign * quantity;
    }
  };
  return {
    take: (lines) => move(lines, 1),
    putBack: (lines) => move(lines, -1),
    async write(tx) {
      let isUsedUp = false;
      for (const { id, sold, quantityLimit } of sales.values()) {
        const taken = sold - (before.get(id) as number);
        if (taken === 0) continue;
        if (!(await countSold(tx, id, taken))) throw new RowsChanged(`flash sale ${id} changed`);
        if (quantityLimit !== null && sold >= quantityLimit) isUsedUp = true;
      }
      return isUsedUp;
    },
  };
}

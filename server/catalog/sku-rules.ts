/** What the fields of a SKU must be to each other; each alone is checked by its schema. */
import { fieldFaults } from '../../contract/buyer-answers.ts';
import type { BuyerField } from '../../contract/buyer-fields.ts';
import type { DeliveryMode } from '../../contract/states.ts';
import type { FlashSaleFields } from './flash-sale-store.ts';
import type { PriceStep } from './price.ts';

export interface FieldFault {
  path: string;
  message: string;
}

/** Cards lie ready: nobody would read what their buyer answers. */
function takesAnswers(delivery: DeliveryMode): boolean {
  return delivery === 'manual' || delivery === 'webhook';
}

export function skuFaults(sku: {
  priceMinor: number;
  flashSale: FlashSaleFields | null;
  delivery: DeliveryMode;
  buyerFields: readonly BuyerField[];
  minQuantity: number;
  maxQuantity: number;
  perBuyerLimit: number | null;
  priceSteps: readonly PriceStep[];
}): FieldFault[] {
  const faults: FieldFault[] = [];
  if (sku.minQuantity > sku.maxQuantity) {
    faults.push({ path: 'body/maxQuantity', message: 'must not be less than minQuantity' });
  }
  if (sku.perBuyerLimit !== null && sku.perBuyerLimit < sku.minQuantity) {
    faults.push({ path: 'body/perBuyerLimit', message: 'must not be less than minQuantity, or nobody could buy' });
  }
  const quantities = sku.priceSteps.map((step) => step.minQuantity);
  if (new Set(quantities).size < quantities.length) {
    faults.push({ path: 'body/priceSteps', message: 'must not name a quantity twice' });
  }
  if (sku.priceSteps.some((step) => step.priceMinor < 1)) {
    faults.push({
      path: 'body/priceSteps',
      message: 'must not give goods away: no payment channel takes an order of 0',
    });
  }
  if (sku.buyerFields.length > 0 && !takesAnswers(sku.delivery)) {
    faults.push({ path: 'body/buyerFields', message: 'belong to goods that are delivered by hand or by a webhook' });
  }
  for (const { path, message } of fieldFaults(sku.buyerFields)) {
    faults.push({ path: `body/buyerFields/${path}`, message });
  }
  if (sku.flashSale) faults.push(...saleFaults(sku.flashSale, sku));
  return faults;
}

function saleFaults(sale: FlashSaleFields, sku: { priceMinor: number; minQuantity: number }): FieldFault[] {
  const faults: FieldFault[] = [];
  if (sale.endsAt <= sale.startsAt) faults.push({ path: 'body/flashSale/endsAt', message: 'must be after startsAt' });
  if (sale.priceMinor >= sku.priceMinor) {
    faults.push({ path: 'body/flashSale/priceMinor', message: 'must be below the normal price' });
  }
  for (const limit of ['perBuyerLimit', 'quantityLimit'] as const) {
    if ((sale[limit] ?? sku.minQuantity) < sku.minQuantity) {
      faults.push({
        path: `body/flashSale/${limit}`,
        message: 'must not be less than minQuantity, or nobody could buy',
      });
    }
  }
  return faults;
}

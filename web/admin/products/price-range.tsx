import type { AdminSku } from '../../../contract/admin-catalogue.ts';
import { useMoney } from '../../ui/money.ts';

/** From the cheapest to the dearest variant, for each currency. */
export function PriceRange({ skus }: { skus: readonly AdminSku[] }) {
  const money = useMoney();
  const byCurrency = Map.groupBy(skus, (sku) => sku.currency);
  const ranges = [...byCurrency].map(([currency, of]) => {
    const prices = of.map((sku) => sku.priceMinor);
    const [low, high] = [Math.min(...prices), Math.max(...prices)];
    return low === high ? money(low, currency) : `${money(low, currency)} – ${money(high, currency)}`;
  });
  return <>{ranges.join(', ') || '—'}</>;
}

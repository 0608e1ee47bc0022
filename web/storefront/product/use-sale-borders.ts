import { useEffect, useReducer } from 'react';
import type { SkuView } from '../../../contract/shop.ts';
import { serverNowMs } from '../../ui/server-clock.ts';

/** Timers of browsers count to 2^31 ms; looking again once an hour is early enough. */
const longestMs = 3_600_000;

/** Draws the component again in the moment a flash sale of these begins or ends, so that no price is shown past its time. */
export function useSaleBorders(skus: readonly SkuView[]): void {
  const [round, drawAgain] = useReducer((count: number) => count + 1, 0);
  const now = serverNowMs();
  const borders = skus.flatMap(({ flashSale }) => (flashSale ? [flashSale.startsAt, flashSale.endsAt] : []));
  const next = Math.min(...borders.filter((atMs) => atMs > now));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round sets a timer of its own
  useEffect(() => {
    if (!Number.isFinite(next)) return undefined;
    const timer = setTimeout(drawAgain, Math.min(longestMs, Math.max(0, next - serverNowMs()) + 20));
    return () => clearTimeout(timer);
  }, [next, round]);
}

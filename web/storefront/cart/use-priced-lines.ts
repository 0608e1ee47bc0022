import { useQueries } from '@tanstack/react-query';
import { useLanguage } from '../../ui/language.ts';
import { ApiProblem } from '../../ui/request-json.ts';
import { useSaleBorders } from '../product/use-sale-borders.ts';
import { productQuery } from '../queries.ts';
import type { CartLine } from './line.ts';
import { type PricedLine, priceLine } from './priced-line.ts';

export interface PricedCart {
  lines: PricedLine[];
  /** Totals by currency: lines of two currencies cannot share an order, and the buyer should see why. */
  totals: Map<string, number>;
  isLoading: boolean;
  problem: Error | null;
  refresh: () => Promise<void>;
}

export function usePricedLines(lines: readonly CartLine[]): PricedCart {
  const language = useLanguage();
  const slugs = [...new Set(lines.map((line) => line.slug))];
  const replies = useQueries({ queries: slugs.map((slug) => productQuery(slug, language)) });
  const bySlug = new Map(slugs.map((slug, at) => [slug, replies[at]]));
  const priced = lines.map((line) => {
    const reply = bySlug.get(line.slug);
    return priceLine(line, reply?.data, !reply?.data && !isGone(reply?.error));
  });
  useSaleBorders(priced.flatMap(({ sku }) => sku ?? []));
  const totals = new Map<string, number>();
  for (const { sku, amountMinor } of priced) {
    if (sku) totals.set(sku.currency, (totals.get(sku.currency) ?? 0) + amountMinor);
  }
  return {
    lines: priced,
    totals,
    isLoading: replies.some((reply) => reply.isPending),
    problem: replies.find((reply) => reply.error && !isGone(reply.error))?.error ?? null,
    refresh: async () => {
      await Promise.all(replies.map((reply) => reply.refetch()));
    },
  };
}

const isGone = (problem: unknown): boolean => problem instanceof ApiProblem && problem.status === 404;

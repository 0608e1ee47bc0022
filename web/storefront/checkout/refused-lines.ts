import { ApiProblem } from '../../ui/request-json.ts';

const aboutStock = new Set([
  'sold_out',
  'quantity_out_of_range',
  'buyer_limit_reached',
  'sku_unavailable',
  'sku_not_found',
]);

/** Which lines of the order the shop turned down; without a word from it, the only line there is. */
export function refusedLines(problem: unknown, lineCount: number): ReadonlySet<number> {
  if (!(problem instanceof ApiProblem) || !aboutStock.has(problem.code)) return new Set();
  const named = problem.errors
    .map(({ path }) => /lines[./[]+(\d+)/.exec(path)?.[1])
    .filter((at) => at !== undefined)
    .map(Number);
  return new Set(named.length === 0 && lineCount === 1 ? [0] : named);
}

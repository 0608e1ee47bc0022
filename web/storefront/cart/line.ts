/** One line a buyer means to order; names and prices always come fresh from the catalogue. */
export interface CartLine {
  skuId: number;
  slug: string;
  quantity: number;
}

const maxLines = 20; // what one order may carry

/** Lines as they stand in the address of a checkout: `sku.quantity.slug`, joined with `~`. */
export const encodeLines = (lines: readonly CartLine[]): string =>
  lines.map((line) => `${line.skuId}.${line.quantity}.${line.slug}`).join('~');

export function decodeLines(code: string): CartLine[] {
  return code
    .split('~')
    .map((part) => /^(\d{1,15})\.(\d{1,7})\.([a-z0-9-]{1,80})$/.exec(part))
    .filter((match) => match !== null)
    .map((match) => ({ skuId: Number(match[1]), quantity: Number(match[2]), slug: match[3] ?? '' }))
    .filter((line) => line.quantity > 0)
    .slice(0, maxLines);
}

export function addLine(lines: readonly CartLine[], added: CartLine): CartLine[] {
  const present = lines.find((line) => line.skuId === added.skuId);
  if (!present) return [...lines, added].slice(-maxLines);
  return setQuantity(lines, added.skuId, present.quantity + added.quantity);
}

export const setQuantity = (lines: readonly CartLine[], skuId: number, quantity: number): CartLine[] =>
  lines.map((line) => (line.skuId === skuId ? { ...line, quantity } : line));

export const removeLine = (lines: readonly CartLine[], skuId: number): CartLine[] =>
  lines.filter((line) => line.skuId !== skuId);

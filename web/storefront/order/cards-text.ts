import type { CardView } from '../../../contract/shop.ts';

/** All cards as plain text: a heading per line of the order, then one card a row, number and secret parted by a tab. */
export function cardsText(cards: readonly CardView[]): string {
  const groups = new Map<number, CardView[]>();
  for (const card of cards) groups.set(card.lineNo, [...(groups.get(card.lineNo) ?? []), card]);
  return [...groups.values()]
    .map((group) => [`# ${titleOf(group[0]!)}`, ...group.map(cardText)].join('\n'))
    .join('\n\n');
}

export const titleOf = (card: Pick<CardView, 'productName' | 'skuName'>): string =>
  card.skuName && card.skuName !== card.productName ? `${card.productName} · ${card.skuName}` : card.productName;

export const cardText = (card: Pick<CardView, 'number' | 'secret'>): string =>
  card.number === null ? card.secret : `${card.number}\t${card.secret}`;

export function downloadText(fileName: string, text: string): void {
  // Windows' own editor needs the mark to read Chinese right.
  const url = URL.createObjectURL(new Blob(['\uFEFF', text, '\n'], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

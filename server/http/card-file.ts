/** Cards in clear -> a file: CSV for spreadsheets, or lines that an import takes again to the letter. */
import type { exportFormats } from '../../contract/card.ts';
import type { ExportedCard } from '../card/export-cards.ts';
import { csvLine, csvStart } from '../platform/csv.ts';

type Format = (typeof exportFormats)[number];

export const cardFileTypes: Record<Format, { contentType: string; ending: string }> = {
  csv: { contentType: 'text/csv; charset=utf-8', ending: 'csv' },
  lines: { contentType: 'text/plain; charset=utf-8', ending: 'txt' },
};

export async function* cardFile(pages: AsyncIterable<readonly ExportedCard[]>, format: Format): AsyncGenerator<string> {
  if (format === 'csv') yield csvStart + csvLine(['card', 'number', 'secret', 'status', 'batch', 'sku']);
  for await (const page of pages) yield page.map(format === 'csv' ? csvOf : lineOf).join('');
}

function csvOf({ id, number, secret, status, batchId, skuId }: ExportedCard): string {
  return csvLine([id, number, secret, status, batchId, skuId]);
}

function lineOf({ number, secret }: ExportedCard): string {
  return `${number === null ? secret : `${number}----${secret}`}\n`;
}

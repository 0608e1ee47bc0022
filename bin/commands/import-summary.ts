/** An import told to a person. */
import { maxNumberBytes, maxSecretBytes, maxSeparatorLength, type RejectReason } from '../../server/card/card-lines.ts';
import type { ImportOutcome, ImportReport } from '../../server/card/import-cards.ts';

const reasons: Record<RejectReason, string> = {
  'invalid-utf8': 'not UTF-8; save the file as UTF-8',
  'too-long': `longer than ${maxNumberBytes} bytes (number) or ${maxSecretBytes} bytes (secret)`,
  'control-character': 'holds a control character',
  'empty-number': 'nothing before the separator',
  'empty-secret': 'nothing behind the separator',
};

const shownLines = 20;

export function importSummary(report: ImportReport, tookMs: number): string {
  const { total, imported, duplicates, rejected, batchId } = report;
  const seconds = (tookMs / 1000).toFixed(1);
  const text = [`${imported} of ${total} cards imported in ${seconds} s (batch ${batchId})`];
  if (duplicates.count > 0) {
    const numbers = duplicates.lines.slice(0, shownLines).join(', ');
    text.push(
      `${duplicates.count} were known already: lines ${numbers}${duplicates.count > shownLines ? ', ...' : ''}`,
    );
  }
  if (rejected.count > 0) text.push(`${rejected.count} were rejected:`);
  for (const { line, reason } of rejected.lines.slice(0, shownLines)) text.push(`  line ${line}: ${reasons[reason]}`);
  if (rejected.count > shownLines) text.push('  ... (--json lists up to 1000)');
  return `${text.join('\n')}\n`;
}

export function refusal(outcome: Exclude<ImportOutcome, { report: ImportReport }>, sku: string): string {
  switch (outcome.kind) {
    case 'sku-not-found':
      return `there is no variant ${sku}`;
    case 'sku-not-cards':
      return `variant ${sku} is not delivered from stock`;
    case 'separator-invalid':
      return `a separator has at most ${maxSeparatorLength} characters and no line end`;
  }
}

/**
 * CSV as RFC 4180 has it, with the mark that tells Excel it is UTF-8. Text that a spreadsheet would run as a formula gets
 * an apostrophe in front: contacts and names are what strangers wrote.
 */

export type Cell = string | number | null;

export const csvStart = '\uFEFF';

/** Also the wide forms, which spreadsheets set to Chinese or Japanese read as the narrow ones. */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/;
const needsQuotes = /[",\r\n\t]|^\s|\s$/;

/** Numbers stay as they are: only text can be a formula. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  // A NUL ends the text for some readers, and what stands behind it begins a cell of its own.
  const clean = cell.replaceAll('\0', '');
  const text = beginsFormula.test(clean) ? `'${clean}` : clean;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

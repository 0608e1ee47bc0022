/**
 * Bills as comma-separated lines. Networks do not quote, but put a tab behind or a backtick before what a spreadsheet would
 * mangle; quotes are understood all the same.
 */
export function csvCells(line: string): string[] {
  const cells: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').replace(/^`/, '').trim());
  }
  return cells;
}

export interface CsvTable {
  /** The cell of a row under a heading; '' where the table has no such heading. */
  rows: ((heading: string) => string)[];
}

/** The lines after the one that begins with `firstHeading`, up to the first one that `isEnd` knows. */
export function csvTable(lines: readonly string[], firstHeading: string, isEnd: (line: string) => boolean): CsvTable {
  const clean = (line: string) => line.replace(/^\uFEFF/, '').trim();
  const start = lines.findIndex((line) => csvCells(clean(line))[0] === firstHeading);
  if (start < 0) return { rows: [] };
  const headings = csvCells(clean(lines[start]!));
  const rows: CsvTable['rows'] = [];
  for (const line of lines.slice(start + 1)) {
    const text = clean(line);
    if (text === '') continue;
    if (isEnd(text)) break;
    const cells = csvCells(text);
    rows.push((heading) => cells[headings.indexOf(heading)] ?? '');
  }
  return { rows };
}

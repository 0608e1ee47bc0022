/** What a spreadsheet would make of a CSV file. */

export function cellsOf(csv: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = csv.startsWith('\uFEFF') ? 1 : 0; at < csv.length; at++) {
    const one = csv[at] as string;
    if (quoted && one === '"' && csv[at + 1] === '"') cell += csv[++at];
    else if (one === '"') quoted = !quoted;
    else if (!quoted && (one === ',' || one === '\n')) {
      cells.push(cell.replace(/\r$/, ''));
      cell = '';
    } else cell += one;
  }
  return cells;
}

/** Numbers may begin with a sign; anything else that begins so is a formula. */
export function runsInSpreadsheet(cell: string): boolean {
  return /^[\s\0]*[=+\-@＝＋－＠]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell);
}

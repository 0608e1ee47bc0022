import { loadavg } from 'node:os';
import type { PageFigures } from './page-figures.ts';

export function printFigures(
  pages: readonly ({ name: string } & PageFigures)[],
  { runs, slow }: { runs: number; slow: number },
): void {
  const line = (cells: readonly string[]) =>
    process.stdout.write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(22) : cell.padStart(10))).join('')}\n`);
  const [load = 0] = loadavg();
  process.stdout.write(
    `Chromium, CPU slowed ${slow}x, empty cache, no slowing of the line; the middle of ${runs} loads; load average ${load.toFixed(1)}\n`,
  );
  line(['page', 'LCP ms', 'CLS', 'TBT ms', 'script KB', 'all KB']);
  for (const { name, lcpMs, cls, tbtMs, scriptKb, allKb } of pages)
    line([name, lcpMs.toFixed(0), cls.toFixed(3), tbtMs.toFixed(0), scriptKb.toFixed(0), allKb.toFixed(0)]);
}

/** A progress bar on stderr, only where a person watches: a pipe or a log gets nothing. */
export interface ProgressBar {
  /** @param total undefined when nobody knows (standard input): then only the note is shown */
  update(done: number, total: number | undefined, note: string): void;
  end(): void;
}

const width = 30;

export function progressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  if (!stream.isTTY) return { update() {}, end() {} };
  return {
    update(done, total, note) {
      stream.write(`\r\x1b[K${total ? `${bar(done / total)} ` : ''}${note}`);
    },
    end() {
      stream.write('\r\x1b[K');
    },
  };
}

/** @param part of the whole, 0 to 1 */
export function bar(part: number): string {
  const done = Math.min(1, Math.max(0, part));
  const filled = Math.round(done * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}] ${String(Math.floor(done * 100)).padStart(3)} %`;
}

/**
 * A file of cards, as it streams in: one card a line, `secret` or `number----secret`. Pure: bytes in, lines out.
 *
 * Lines end with LF or CRLF; a BOM, blank lines and white space around number and secret do not count. A line is split
 * at the first separator, so a secret may hold it again. docs/cards.md tells shop owners the same.
 */
import { isUtf8 } from 'node:buffer';

export type RejectReason = 'invalid-utf8' | 'too-long' | 'control-character' | 'empty-number' | 'empty-secret';

export type CardLine =
  | { kind: 'card'; line: number; number: string | null; secret: string }
  | { kind: 'rejected'; line: number; reason: RejectReason };

export interface CardLineReader {
  /** The lines that end within these bytes. Consume them before the next call. */
  push(bytes: Uint8Array | string): Iterable<CardLine>;
  /** The last line, when it has no line end. Not to be called for a source that broke off: its last line may be cut. */
  end(): Iterable<CardLine>;
  /** Lines seen, blank ones too. */
  readonly lines: number;
  readonly bytes: number;
}

export const defaultSeparator = '----';
export const maxNumberBytes = 512;
export const maxSecretBytes = 4096;
/** Longest separator taken; one of control characters (tab) is fine, a line end is not. */
export const maxSeparatorLength = 20;

/** Room for both halves, a separator and generous white space. What is longer is dropped as it comes, never kept. */
const maxLineBytes = maxNumberBytes + maxSecretBytes + 1024;

export function isSeparator(text: string): boolean {
  return text.length <= maxSeparatorLength && !/[\r\n]/.test(text);
}

/** @param separator '' reads every line as a secret */
export function createCardLineReader(separator: string = defaultSeparator): CardLineReader {
  let held: Buffer = Buffer.alloc(0);
  let dropping = false;
  let lines = 0;
  let bytes = 0;

  function* finish(part: Buffer): Iterable<CardLine> {
    lines++;
    const tooLong = dropping || held.length + part.length > maxLineBytes;
    const whole = tooLong || held.length === 0 ? part : Buffer.concat([held, part]);
    held = Buffer.alloc(0);
    dropping = false;
    if (tooLong) yield { kind: 'rejected', line: lines, reason: 'too-long' };
    else yield* parseCardLine(whole, lines, separator);
  }

  function keep(part: Buffer): void {
    if (dropping) return;
    dropping = held.length + part.length > maxLineBytes;
    // Copied: the source may use its buffer again.
    held = dropping ? Buffer.alloc(0) : Buffer.concat([held, part]);
  }

  return {
    *push(chunk) {
      const data =
        typeof chunk === 'string'
          ? Buffer.from(chunk, 'utf8')
          : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      let from = 0;
      for (let newline = data.indexOf(10); newline >= 0; newline = data.indexOf(10, from)) {
        const line = data.subarray(from, newline);
        bytes += line.length + 1;
        from = newline + 1;
        yield* finish(line);
      }
      bytes += data.length - from;
      keep(data.subarray(from));
    },
    *end() {
      if (held.length > 0 || dropping) yield* finish(Buffer.alloc(0));
    },
    get lines() {
      return lines;
    },
    get bytes() {
      return bytes;
    },
  };
}

/** Nothing for a blank line. */
function* parseCardLine(bytes: Buffer, line: number, separator: string): Iterable<CardLine> {
  const reject = (reason: RejectReason): CardLine => ({ kind: 'rejected', line, reason });
  if (!isUtf8(bytes)) return yield reject('invalid-utf8');
  const text = bytes.toString('utf8');
  if (text.trim() === '') return;
  // U+FFFD is what a program writes that has already misread the file.
  if (text.includes('\ufffd')) return yield reject('invalid-utf8');
  const at = separator === '' ? -1 : text.indexOf(separator);
  const number = at < 0 ? null : text.slice(0, at).trim();
  const secret = (at < 0 ? text : text.slice(at + separator.length)).trim();
  if (number === '') return yield reject('empty-number');
  if (secret === '') return yield reject('empty-secret');
  if (/[\p{Cc}\u2028\u2029\ufeff]/u.test(number === null ? secret : number + secret))
    return yield reject('control-character');
  if (Buffer.byteLength(secret) > maxSecretBytes) return yield reject('too-long');
  if (number !== null && Buffer.byteLength(number) > maxNumberBytes) return yield reject('too-long');
  yield { kind: 'card', line, number, secret };
}

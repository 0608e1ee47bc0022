import { type Logger, pino } from 'pino';

export type Log = Logger;

/** What must never reach a log, wherever it stands in an object (INV-9). */
const redact = [
  'req.headers.authorization',
  'req.headers.cookie',
  '*.authorization',
  '*.password',
  '*.lookupPassword',
  '*.secret',
  '*.cardSecret',
  '*.accessToken',
  '*.token',
];

export function createLog(level: string): Log {
  return pino({ level, redact: { paths: redact, censor: '[secret]' }, base: undefined });
}

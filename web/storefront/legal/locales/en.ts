import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  terms: 'Terms of service',
  privacy: 'Privacy policy',
  refunds: 'Refund policy',
  gone: 'The shop has no such text',
  asOf: 'As of {date}',
  agree: 'By ordering you agree to:',
  and: ', ',
  safeMode: 'Safe mode: the styles that the shop added are left out.',
  safeModeOff: 'Leave safe mode',
};

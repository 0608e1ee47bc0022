import type { DoctorReply } from '../../../../contract/system.ts';
import { createPageTexts } from '../../../ui/texts.ts';
import { zh } from './zh.ts';

const { useTexts } = await createPageTexts(zh, async () => (await import('./en.ts')).en);

type Check = DoctorReply['checks'][number];
export interface FindingWords {
  name: string;
  says: string;
  /** The words are the program's own English: a newer one may find what this page has no words for. */
  isForeign: boolean;
}

/** What was found, in the owner's language. */
export function useFindingWords(): (check: Check) => FindingWords {
  // Which values a sentence needs is known by its code only; the test beside the contract compares them.
  const t = useTexts() as unknown as (key: keyof typeof zh, values: Check['values']) => string;
  return ({ name, says, code, values }) => {
    const area = `area.${values.host === undefined ? name : name.split(' ')[0]}`;
    if (!hasWords(code) || !hasWords(area)) return { name, says, isForeign: true };
    const host = values.host === undefined ? '' : ` ${values.host}`;
    return { name: t(area, {}) + host, says: t(code, values), isForeign: false };
  };
}

const hasWords = (key: string): key is keyof typeof zh => Object.hasOwn(zh, key);

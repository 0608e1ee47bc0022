import { createPageTexts } from '../../ui/texts.ts';
import { zh } from './locales/zh.ts';

/** Not needed before the page stands: what loads it waits for its foot. */
export const { useTexts: useLegalTexts } = await createPageTexts(zh, async () => (await import('./locales/en.ts')).en);

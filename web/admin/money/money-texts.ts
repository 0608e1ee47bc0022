import { createPageTexts } from '../../ui/texts.ts';
import { zh } from './locales/zh.ts';

export const { useTexts: useMoneyTexts } = await createPageTexts(zh, async () => (await import('./locales/en.ts')).en);

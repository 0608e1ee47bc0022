import { createPageTexts } from '../../ui/texts.ts';
import { zh } from './locales/zh.ts';

export const { useTexts: useNoticeTexts } = await createPageTexts(zh, async () => (await import('./locales/en.ts')).en);

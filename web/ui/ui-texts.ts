import { zh } from './locales/zh.ts';
import { createTexts } from './texts.ts';

export const { useTexts: useUiTexts } = createTexts(zh, async () => (await import('./locales/en.ts')).en);

import { createTexts } from '../../ui/texts.ts';
import { zh } from './locales/zh.ts';

export const { useTexts: useCouponTexts } = createTexts(zh, async () => (await import('./locales/en.ts')).en);

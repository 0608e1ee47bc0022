import type { ChannelView } from '../../../contract/shop.ts';
import { useLanguage } from '../../ui/language.ts';
import { useTexts } from '../shop-texts.ts';

const known = [
  [/sandbox/i, 'channel.sandbox'],
  [/alipay/i, 'channel.alipay'],
  [/wechat|weixin|wxpay/i, 'channel.wechat'],
  [/union/i, 'channel.unionpay'],
] as const;
const chinese = /[\u3400-\u9fff]/;

/** Owners name their channels in Chinese; for readers of English the well-known ones are named as they know them. */
export function useChannelName(): (channel: ChannelView | undefined) => string {
  const t = useTexts();
  const language = useLanguage();
  return (channel) => {
    if (!channel) return '';
    if (language === 'zh' || !chinese.test(channel.name)) return channel.name;
    const key = known.find(([kind]) => kind.test(channel.kind))?.[1];
    return key ? t(key) : channel.name;
  };
}

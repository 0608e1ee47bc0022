import { Button } from '@mantine/core';
import type { PaymentView } from '../../../contract/shop.ts';
import { useTexts } from './order-texts.ts';

interface Props {
  action: Extract<PaymentView['action'], { type: 'jsapi' }>;
}

interface Bridge {
  invoke(name: string, params: Record<string, string>, done: () => void): void;
}

/** Pays inside WeChat, over the bridge its browser gives to pages. What came of it the shop tells, not the bridge. */
export function WechatAction({ action }: Props) {
  const t = useTexts();
  const pay = () => {
    const bridge = (window as unknown as { WeixinJSBridge?: Bridge }).WeixinJSBridge;
    bridge?.invoke('getBrandWCPayRequest', action.params, () => undefined);
  };
  return (
    <Button size="lg" fullWidth onClick={pay}>
      {t('pending.openPhone')}
    </Button>
  );
}

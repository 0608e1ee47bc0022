import {
  IconBrandAlipay,
  IconBrandPaypal,
  IconBrandStripe,
  IconBrandWechat,
  IconCoin,
  IconCreditCard,
  IconFlask,
  IconWallet,
} from '@tabler/icons-react';
import classes from './channel-mark.module.css';

/** The sign people know a way to pay by. Channels we have no sign for get a wallet. */
const marks = [
  [/alipay/i, IconBrandAlipay, '#1064c8'],
  [/wechat|weixin|wxpay/i, IconBrandWechat, '#0a7a3c'],
  [/union/i, IconCreditCard, '#a4192c'],
  [/stripe/i, IconBrandStripe, '#5046d6'],
  [/paypal/i, IconBrandPaypal, '#1b3f8f'],
  [/usdt|crypto|coin/i, IconCoin, '#1a7f64'],
  [/sandbox/i, IconFlask, '#8a5200'],
] as const;

export function ChannelMark({ kind }: { kind: string }) {
  const [, Icon, color] = marks.find(([pattern]) => pattern.test(kind)) ?? [null, IconWallet, '#56605a'];
  return (
    <span className={classes.mark} style={{ background: color }} aria-hidden="true">
      <Icon size={22} stroke={1.7} />
    </span>
  );
}

/** Every kind of channel that an owner can set up: one folder, one line. (The sandbox is made by the environment.) */
import type { ChannelKind } from '../channel-kind.ts';
import { alipay } from './alipay/channel.ts';
import { bepusdtKind } from './bepusdt/channel.ts';
import { epayKind } from './epay/channel.ts';
import { epayV2Kind } from './epay-v2/channel.ts';
import { epusdtKind } from './epusdt/channel.ts';
import { manualKind } from './manual/channel.ts';
import { paypalKind } from './paypal/channel.ts';
import { stripeKind } from './stripe/channel.ts';
import { unionpay } from './unionpay/channel.ts';
import { wechat } from './wechat/channel.ts';

export const channelKinds: readonly ChannelKind[] = [
  unionpay,
  wechat,
  alipay,
  epayKind,
  epayV2Kind,
  epusdtKind,
  bepusdtKind,
  stripeKind,
  paypalKind,
  manualKind,
];

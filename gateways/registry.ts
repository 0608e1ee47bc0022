/** Every simulated network: one folder, one line. */

import { alipayGateway } from './alipay/gateway.ts';
import { bepusdtGateway } from './bepusdt/gateway.ts';
import { epayGateway } from './epay/gateway.ts';
import { epayV2Gateway } from './epay-v2/gateway.ts';
import { epusdtGateway } from './epusdt/gateway.ts';
import type { GatewayDefinition } from './gateway.ts';
import { paypalGateway } from './paypal/gateway.ts';
import { stripeGateway } from './stripe/gateway.ts';
import { unionpayGateway } from './unionpay/gateway.ts';
import { wechatGateway } from './wechat/gateway.ts';

export const gateways: readonly GatewayDefinition[] = [
  unionpayGateway,
  wechatGateway('both'),
  alipayGateway('certificate'),
  epayGateway,
  epayV2Gateway,
  epusdtGateway,
  bepusdtGateway,
  stripeGateway,
  paypalGateway,
];

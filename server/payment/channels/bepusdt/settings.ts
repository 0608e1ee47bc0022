import { type Static, Type } from 'typebox';
import { textField } from '../../../platform/setting-fields.ts';
import { lockField, tokenGatewayFields } from '../epusdt/settings.ts';

export const bepusdtSettings = Type.Object(
  {
    ...tokenGatewayFields,
    tradeType: textField({
      label: { zh: '币种与网络', en: 'Coin and network' },
      help: {
        zh: 'usdt.trc20、usdt.bep20、usdc.polygon、tron.trx 等，见网关文档 trade-type',
        en: "usdt.trc20, usdt.bep20, usdc.polygon, tron.trx and others, see the gateway's list of trade types",
      },
      pattern: '^[a-z0-9]{2,12}\\.[a-z0-9]{2,20}$',
      default: 'usdt.trc20',
    }),
    lockMinutes: lockField({
      zh: '下单时告知网关；之后收到的款项由人工确认',
      en: 'The gateway is told with each order; a person looks at money heard of later',
    }),
  },
  { additionalProperties: false },
);
export type BepusdtSettings = Static<typeof bepusdtSettings>;

import { type Static, Type } from 'typebox';
import {
  choiceField,
  integerField,
  optionalField,
  secretField,
  textField,
  urlField,
} from '../../../platform/setting-fields.ts';

/** What both USDT gateways ask for. */
export const tokenGatewayFields = {
  gateway: urlField({
    label: { zh: '网关地址', en: 'Gateway address' },
    help: {
      zh: '自建网关的地址，例如 https://usdt.example.com；同一台机器或内网可用 http',
      en: 'Of your own gateway, for example https://usdt.example.com; http only on this machine or a private network',
    },
  }),
  token: secretField({ label: { zh: '接口密钥', en: 'API key' }, maxLength: 200 }),
};

export const lockField = (help: { zh: string; en: string }) =>
  integerField({
    label: { zh: '付款时限（分钟）', en: 'Minutes to pay' },
    help,
    minimum: 1,
    maximum: 1440,
    default: 10,
  });

export const epusdtSettings = Type.Object(
  {
    ...tokenGatewayFields,
    pid: optionalField(
      textField({
        label: { zh: '商户号（pid）', en: 'Merchant id (pid)' },
        help: { zh: '新版网关必填，旧版留空', en: 'Newer gateways need it; leave it empty for old ones' },
        pattern: '^[0-9A-Za-z_-]{1,32}$',
      }),
    ),
    currency: choiceField(['CNY', 'USD', 'EUR', 'HKD'], {
      label: { zh: '标价货币', en: 'Currency of the prices' },
      choices: {
        CNY: { zh: '人民币', en: 'Yuan' },
        USD: { zh: '美元', en: 'US dollar' },
        EUR: { zh: '欧元', en: 'Euro' },
        HKD: { zh: '港币', en: 'Hong Kong dollar' },
      },
      default: 'CNY',
    }),
    coin: textField({ label: { zh: '币种', en: 'Coin' }, pattern: '^[a-z0-9]{2,12}$', default: 'usdt' }),
    network: textField({ label: { zh: '网络', en: 'Network' }, pattern: '^[a-z0-9-]{2,20}$', default: 'tron' }),
    lockMinutes: lockField({
      zh: '与网关的 order_expiration_time 一致；之后收到的款项由人工确认',
      en: "As the gateway's order_expiration_time; a person looks at money heard of later",
    }),
  },
  { additionalProperties: false },
);
export type EpusdtSettings = Static<typeof epusdtSettings>;

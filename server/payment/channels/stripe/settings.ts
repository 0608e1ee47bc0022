import { type Static, Type } from 'typebox';
import { secretField, textField, urlField } from '../../../platform/setting-fields.ts';

export const stripeSettings = Type.Object(
  {
    secretKey: secretField({
      label: { zh: '密钥（Secret key）', en: 'Secret key' },
      help: {
        zh: 'Stripe 后台 Developers → API keys；也可用受限密钥（Checkout、退款、余额读取）',
        en: 'Developers → API keys; a restricted key will do (Checkout, refunds, reading charges and balance)',
      },
      pattern: '^(sk|rk)_(test|live)_[0-9A-Za-z_]{8,250}$',
    }),
    webhookSecret: secretField({
      label: { zh: 'Webhook 签名密钥', en: 'Signing secret of the webhook' },
      help: {
        zh: '在 Developers → Webhooks 添加本渠道的回调地址后得到；订阅 checkout.session.*、charge.refunded、refund.*、charge.dispute.created',
        en: "From Developers → Webhooks, where this channel's callback address is added for checkout.session.*, charge.refunded, refund.* and charge.dispute.created",
      },
      pattern: '^whsec_[0-9A-Za-z+/=_-]{8,250}$',
    }),
    currencies: textField({
      label: { zh: '接受的货币', en: 'Currencies it takes' },
      help: { zh: '以逗号分隔，例如 USD,EUR,HKD', en: 'With commas between, for example USD,EUR,HKD' },
      pattern: '^[A-Z]{3}(,[A-Z]{3}){0,19}$',
      default: 'USD',
    }),
    api: urlField({
      label: { zh: '接口地址', en: 'Address of the interface' },
      default: 'https://api.stripe.com',
    }),
  },
  { additionalProperties: false },
);
export type StripeSettings = Static<typeof stripeSettings>;

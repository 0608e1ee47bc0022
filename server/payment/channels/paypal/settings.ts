import { type Static, Type } from 'typebox';
import { choiceField, optionalField, secretField, textField, urlField } from '../../../platform/setting-fields.ts';

export const paypalSettings = Type.Object(
  {
    mode: choiceField(['live', 'sandbox'], {
      label: { zh: '环境', en: 'Environment' },
      choices: { live: { zh: '正式', en: 'Live' }, sandbox: { zh: 'PayPal 沙盒', en: "PayPal's sandbox" } },
      default: 'live',
    }),
    clientId: textField({
      label: { zh: 'Client ID', en: 'Client id' },
      help: { zh: 'PayPal Developer → Apps & Credentials', en: 'PayPal Developer → Apps & Credentials' },
      pattern: '^[0-9A-Za-z_-]{10,200}$',
    }),
    clientSecret: secretField({ label: { zh: 'Client Secret', en: 'Client secret' }, maxLength: 200 }),
    webhookId: textField({
      label: { zh: 'Webhook ID', en: 'Webhook id' },
      help: {
        zh: '在应用中添加本渠道的回调地址后得到；订阅 Checkout order approved、Payment capture 各项和 Dispute created',
        en: "Shown after this channel's callback address is added to the app, for Checkout order approved, all of Payment capture, and Dispute created",
      },
      pattern: '^[0-9A-Za-z]{5,50}$',
    }),
    merchantId: optionalField(
      textField({
        label: { zh: '商家账号 ID', en: 'Merchant id' },
        help: {
          zh: '填写后，付给其他商家账号的款项一律不认',
          en: 'When given, money to any other account is not believed',
        },
        pattern: '^[0-9A-Z]{5,20}$',
      }),
    ),
    currencies: textField({
      label: { zh: '接受的货币', en: 'Currencies it takes' },
      help: { zh: '以逗号分隔，例如 USD,EUR,HKD', en: 'With commas between, for example USD,EUR,HKD' },
      pattern: '^[A-Z]{3}(,[A-Z]{3}){0,19}$',
      default: 'USD',
    }),
    api: optionalField(
      urlField({
        label: { zh: '接口地址', en: 'Address of the interface' },
        help: {
          zh: '留空使用 PayPal；模拟器填它的地址',
          en: "Empty for PayPal itself; a simulator's address goes here",
        },
      }),
    ),
  },
  { additionalProperties: false },
);
export type PaypalSettings = Static<typeof paypalSettings>;

const hosts = {
  live: ['api-m.paypal.com', 'api.paypal.com'],
  sandbox: ['api-m.sandbox.paypal.com', 'api.sandbox.paypal.com'],
} as const;

export function apiOf({ mode, api }: PaypalSettings): string {
  return api ?? `https://${hosts[mode][0]}`;
}

/** Where certificates may come from; nothing else is ever fetched because a message says so. */
export function certificateOrigins({ mode, api }: PaypalSettings): string[] {
  return api === undefined ? hosts[mode].map((host) => `https://${host}`) : [new URL(api).origin];
}

import { type Static, Type } from 'typebox';
import { integerField, longTextField, optionalField, textField } from '../../../platform/setting-fields.ts';

export const manualSettings = Type.Object(
  {
    instructions: longTextField({
      label: { zh: '付款说明', en: 'Instructions' },
      help: { zh: '买家下单后看到的说明', en: 'What the buyer reads after ordering' },
      maxLength: 2000,
    }),
    instructionsEn: optionalField(
      longTextField({
        label: { zh: '付款说明（英文）', en: 'Instructions in English' },
        help: { zh: '留空则英文买家也看中文说明', en: 'Empty: readers of English see the Chinese text' },
        maxLength: 2000,
      }),
    ),
    bank: optionalField(textField({ label: { zh: '银行或平台', en: 'Bank or wallet' } })),
    holder: optionalField(textField({ label: { zh: '收款人', en: 'Account holder' } })),
    account: optionalField(textField({ label: { zh: '收款账号', en: 'Account' } })),
    qr: optionalField(
      longTextField({
        label: { zh: '收款码内容', en: 'Text of the payment code' },
        help: {
          zh: '收款二维码扫出来的文字，本站据此显示二维码',
          en: 'What your payment QR code says when it is read; the shop draws it from that',
        },
        maxLength: 1000,
      }),
    ),
    currencies: textField({
      label: { zh: '接受的货币', en: 'Currencies it takes' },
      help: { zh: '以逗号分隔，例如 CNY,USD', en: 'With commas between, for example CNY,USD' },
      pattern: '^[A-Z]{3,5}(,[A-Z]{3,5}){0,19}$',
      default: 'CNY',
    }),
    waitMinutes: integerField({
      label: { zh: '超时后继续保留卡密的分钟数', en: 'Minutes the cards stay reserved after the order has timed out' },
      help: {
        zh: '转账需要时间；越长，越容易被人占住库存',
        en: 'Transfers take time; the longer this is, the longer somebody can hold stock without paying',
      },
      minimum: 0,
      maximum: 4320,
      default: 30,
    }),
  },
  { additionalProperties: false },
);
export type ManualSettings = Static<typeof manualSettings>;

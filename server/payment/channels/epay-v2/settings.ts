import { type Static, Type } from 'typebox';
import { choiceField, longTextField, secretField } from '../../../platform/setting-fields.ts';
import { epayCommonFields } from '../epay/settings.ts';

export const epayV2Settings = Type.Object(
  {
    ...epayCommonFields,
    merchantPrivateKey: secretField({
      label: { zh: '商户私钥', en: "Merchant's private key" },
      help: { zh: '在网关商户后台生成密钥对时得到', en: 'From the merchant console, when the pair of keys is made' },
      multiline: true,
    }),
    platformPublicKey: longTextField({
      label: { zh: '平台公钥', en: "Platform's public key" },
      help: { zh: '网关商户后台显示', en: 'As the merchant console shows it' },
    }),
    mode: choiceField(['submit', 'create'], {
      label: { zh: '发起方式', en: 'How a payment begins' },
      choices: {
        submit: { zh: '跳转网关页面', en: "The gateway's page" },
        create: { zh: '接口下单，本站显示二维码', en: 'By interface, the code is shown in the shop' },
      },
      default: 'create',
    }),
  },
  { additionalProperties: false },
);
export type EpayV2Settings = Static<typeof epayV2Settings>;

import { type Static, Type } from 'typebox';
import {
  choiceField,
  flagField,
  integerField,
  optionalField,
  secretField,
  textField,
  urlField,
} from '../../../platform/setting-fields.ts';

/** What both versions of the interface ask for. */
export const epayCommonFields = {
  gateway: urlField({
    label: { zh: '网关地址', en: 'Gateway address' },
    help: {
      zh: '商户后台显示的接口地址，不含 submit.php，例如 https://pay.example.com',
      en: 'As the merchant console shows it, without submit.php, for example https://pay.example.com',
    },
  }),
  pid: textField({
    label: { zh: '商户 ID（pid）', en: 'Merchant id (pid)' },
    pattern: '^[0-9A-Za-z_-]{1,32}$',
  }),
  type: optionalField(
    textField({
      label: { zh: '支付方式', en: 'Way to pay' },
      help: {
        zh: 'alipay、wxpay、qqpay 或网关支持的其他值；留空则由买家在网关收银台选择',
        en: 'alipay, wxpay, qqpay or another value the gateway knows; empty lets the buyer choose on its page',
      },
      pattern: '^[0-9A-Za-z_.-]{1,30}$',
    }),
  ),
};

export const epaySettings = Type.Object(
  {
    ...epayCommonFields,
    key: secretField({ label: { zh: '商户密钥', en: 'Merchant key' }, maxLength: 200 }),
    mode: choiceField(['submit', 'mapi'], {
      label: { zh: '发起方式', en: 'How a payment begins' },
      help: {
        zh: '跳转到网关页面最通用；接口方式在本站显示二维码，需网关支持 mapi.php',
        en: "Going to the gateway's page works everywhere; the interface shows a code in the shop and needs mapi.php",
      },
      choices: {
        submit: { zh: '跳转页面（submit.php）', en: 'Its page (submit.php)' },
        mapi: { zh: '接口（mapi.php）', en: 'Interface (mapi.php)' },
      },
      default: 'submit',
    }),
    refunds: flagField({
      label: { zh: '网关支持退款接口', en: 'The gateway can refund' },
      help: {
        zh: 'api.php?act=refund，仅支持全额退款；关闭时退款由人工在网关后台完成后确认',
        en: 'By api.php?act=refund, whole payments only; when off, a person refunds in its console and confirms here',
      },
      default: false,
    }),
    lateMinutes: integerField({
      label: { zh: '超时后网关仍可付款的分钟数', en: 'Minutes a payment stays possible after our time is over' },
      help: {
        zh: '此接口不能关闭订单；在此时间内仍为买家保留卡密',
        en: 'This interface cannot close a payment; cards stay reserved for so long',
      },
      minimum: 0,
      maximum: 1440,
      default: 5,
    }),
  },
  { additionalProperties: false },
);
export type EpaySettings = Static<typeof epaySettings>;

/** What an owner copies from WeChat Pay's merchant platform. */
import { type Static, Type } from 'typebox';
import {
  choiceField,
  flagField,
  longTextField,
  optionalField,
  secretField,
  textField,
  urlField,
} from '../../../platform/setting-fields.ts';

export const wechatSettings = Type.Object({
  mchid: textField({
    label: { zh: '商户号', en: 'Merchant number' },
    pattern: '^\\d{6,12}$',
  }),
  appid: textField({
    label: { zh: 'AppID', en: 'App ID' },
    help: {
      zh: '与商户号绑定的公众号、小程序或应用的 AppID，以 wx 开头。',
      en: 'Of the account or app that is bound to the merchant number; begins with wx.',
    },
    pattern: '^wx[0-9a-zA-Z]{6,30}$',
  }),
  merchantSerial: textField({
    label: { zh: '商户 API 证书序列号', en: 'Serial number of your API certificate' },
    pattern: '^[0-9A-Fa-f]{8,64}$',
  }),
  privateKey: secretField({
    label: { zh: '商户 API 私钥（apiclient_key.pem）', en: 'Your API private key (apiclient_key.pem)' },
    multiline: true,
  }),
  apiV3Key: secretField({
    label: { zh: 'APIv3 密钥', en: 'APIv3 key' },
    help: { zh: '在商户平台自己设置的 32 位字符。', en: 'The 32 characters that you set in the merchant platform.' },
    pattern: '^[\\x21-\\x7e]{32}$',
    maxLength: 32,
  }),
  mode: choiceField(['public-key', 'certificate', 'both'], {
    label: { zh: '验签方式', en: 'How signatures are checked' },
    help: {
      zh: '新商户用“微信支付公钥”。正在从平台证书切换到公钥时选“两者都用”。',
      en: 'New merchants use the public key. Choose both while you change from certificates to the key.',
    },
    choices: {
      'public-key': { zh: '微信支付公钥', en: 'Public key' },
      certificate: { zh: '平台证书', en: 'Platform certificates' },
      both: { zh: '两者都用', en: 'Both' },
    },
    default: 'public-key',
  }),
  publicKeyId: optionalField(
    textField({
      label: { zh: '微信支付公钥 ID', en: 'Id of the public key' },
      help: { zh: '以 PUB_KEY_ID_ 开头。', en: 'Begins with PUB_KEY_ID_.' },
      pattern: '^PUB_KEY_ID_[0-9A-Za-z]{1,64}$',
    }),
  ),
  publicKey: optionalField(
    longTextField({ label: { zh: '微信支付公钥（pub_key.pem）', en: 'Public key of WeChat Pay (pub_key.pem)' } }),
  ),
  h5: flagField({
    label: { zh: '手机浏览器使用 H5 支付', en: 'H5 payment in phone browsers' },
    help: {
      zh: '需要单独签约；否则手机上也显示二维码。',
      en: 'Must be signed up for; without it phones show a QR code too.',
    },
    default: false,
  }),
  jsapi: flagField({
    label: { zh: '微信内使用 JSAPI 支付', en: 'JSAPI payment inside WeChat' },
    help: {
      zh: '需要公众号并登记支付目录。',
      en: 'Needs an official account with this shop as its payment directory.',
    },
    default: false,
  }),
  baseUrl: urlField({
    label: { zh: '接口地址', en: 'Address' },
    help: { zh: '正式环境不用改。', en: 'Leave it, unless you try a simulator.' },
    default: 'https://api.mch.weixin.qq.com',
  }),
  backupUrl: urlField({
    label: { zh: '备用接口地址', en: 'Address to fall back on' },
    help: { zh: '主地址不通时使用。', en: 'Used while the first one does not answer.' },
    default: 'https://api2.wechatpay.cn',
  }),
});
export type WechatSettings = Static<typeof wechatSettings>;

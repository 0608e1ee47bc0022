/** What an owner copies from Alipay's console, and the keys made of it. */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { type Static, Type } from 'typebox';
import {
  choiceField,
  longTextField,
  optionalField,
  SettingError,
  secretField,
  textField,
  urlField,
} from '../../../platform/setting-fields.ts';
import { certificatesIn, certificatesOf } from '../../wire/certificates.ts';
import { privateKeyOf, publicKeyOf } from '../../wire/rsa.ts';
import { certificateSn, rootCertificateSn } from './certificate-sn.ts';

export const alipaySettings = Type.Object({
  appId: textField({
    label: { zh: '应用 AppID', en: 'App ID' },
    help: { zh: '开放平台控制台里应用的编号，16 位数字。', en: 'The number of your app in the open platform console.' },
    pattern: '^\\d{10,32}$',
  }),
  sellerId: optionalField(
    textField({
      label: { zh: '商户 PID（可不填）', en: 'Merchant PID (optional)' },
      help: {
        zh: '以 2088 开头的 16 位数字。填写后，收款方不是它的通知一律拒绝。',
        en: '16 digits beginning with 2088. When filled in, messages that name another receiver are rejected.',
      },
      pattern: '^2088\\d{12}$',
    }),
  ),
  privateKey: secretField({
    label: { zh: '应用私钥', en: "Your app's private key" },
    help: {
      zh: 'RSA2（2048 位）私钥，PEM 或密钥工具给出的一行文本。',
      en: 'RSA2 (2048 bits), as PEM or as the one line of the key tool.',
    },
    multiline: true,
  }),
  mode: choiceField(['key', 'certificate'], {
    label: { zh: '加签方式', en: 'Mode' },
    choices: { key: { zh: '公钥', en: 'Public key' }, certificate: { zh: '公钥证书', en: 'Certificate' } },
    default: 'key',
  }),
  alipayPublicKey: optionalField(
    longTextField({
      label: { zh: '支付宝公钥', en: "Alipay's public key" },
      help: {
        zh: '公钥方式必填。是“支付宝公钥”，不是应用公钥。',
        en: 'Needed in public key mode. It is the key of Alipay, not of your app.',
      },
    }),
  ),
  appCertificate: optionalField(
    longTextField({
      label: { zh: '应用公钥证书（appCertPublicKey）', en: "Your app's certificate (appCertPublicKey)" },
    }),
  ),
  alipayCertificate: optionalField(
    longTextField({
      label: {
        zh: '支付宝公钥证书（alipayCertPublicKey_RSA2）',
        en: "Alipay's certificate (alipayCertPublicKey_RSA2)",
      },
    }),
  ),
  alipayRootCertificate: optionalField(
    longTextField({
      label: { zh: '支付宝根证书（alipayRootCert）', en: "Alipay's root certificates (alipayRootCert)" },
      maxLength: 20_000,
    }),
  ),
  product: choiceField(['auto', 'qr', 'page', 'wap'], {
    label: { zh: '付款方式', en: 'Way to pay' },
    help: {
      zh: '自动：手机上跳转支付宝，电脑上显示二维码（当面付）。未签约当面付的请选电脑网站支付。',
      en: 'Automatic: phones are sent to Alipay, computers show a QR code (face-to-face payment must be signed up for).',
    },
    choices: {
      auto: { zh: '自动', en: 'Automatic' },
      qr: { zh: '二维码（当面付）', en: 'QR code' },
      page: { zh: '电脑网站支付', en: 'Page for computers' },
      wap: { zh: '手机网站支付', en: 'Page for phones' },
    },
    default: 'auto',
  }),
  gatewayUrl: urlField({
    label: { zh: '网关地址', en: 'Gateway address' },
    help: {
      zh: '正式环境不用改；试用时填沙箱或模拟器的地址。',
      en: 'Leave it, unless you try a sandbox or a simulator.',
    },
    default: 'https://openapi.alipay.com/gateway.do',
  }),
});
export type AlipaySettings = Static<typeof alipaySettings>;

export interface AlipayKeys {
  own: KeyObject;
  /** Said in every request in certificate mode. */
  certificateParameters: Record<string, string>;
  /** The key that Alipay signs with in key mode; in certificate mode, by the certificate's number. */
  alipay: KeyObject | Map<string, KeyObject>;
  /** Whom the certificate names: Alipay makes one for each merchant, with the merchant's number in it. */
  subject: string;
  between: readonly X509Certificate[];
  roots: readonly X509Certificate[];
}

export function alipayKeys(settings: AlipaySettings): AlipayKeys {
  const own = privateKeyOf(settings.privateKey, 'privateKey');
  if (settings.mode === 'key') {
    const alipay = publicKeyOf(needed(settings, 'alipayPublicKey'), 'alipayPublicKey');
    return { own, certificateParameters: {}, alipay, subject: '', between: [], roots: [] };
  }
  const [app] = certificatesOf(needed(settings, 'appCertificate'), 'appCertificate');
  if (!app.checkPrivateKey(own)) {
    throw new SettingError('appCertificate', 'does not belong to the private key');
  }
  const rootText = needed(settings, 'alipayRootCertificate');
  const roots = certificatesOf(rootText, 'alipayRootCertificate');
  const [alipay, ...between] = certificatesOf(needed(settings, 'alipayCertificate'), 'alipayCertificate');
  return {
    own,
    certificateParameters: {
      app_cert_sn: certificateSn(app),
      alipay_root_cert_sn: rootCertificateSn(certificatesIn(rootText)),
    },
    alipay: new Map([[certificateSn(alipay), alipay.publicKey]]),
    subject: alipay.subject,
    between,
    roots,
  };
}

function needed(
  settings: AlipaySettings,
  field: 'alipayPublicKey' | 'appCertificate' | 'alipayCertificate' | 'alipayRootCertificate',
): string {
  const value = settings[field];
  if (!value) throw new SettingError(field, `is needed in ${settings.mode} mode`);
  return value;
}

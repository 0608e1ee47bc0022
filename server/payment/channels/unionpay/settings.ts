/** What an owner has from UnionPay: a merchant number, a signing certificate with its key, and UnionPay's own authorities. */
import type { KeyObject, X509Certificate } from 'node:crypto';
import { type Static, Type } from 'typebox';
import { longTextField, SettingError, secretField, textField, urlField } from '../../../platform/setting-fields.ts';
import { certificatesOf } from '../../wire/certificates.ts';
import { privateKeyOf } from '../../wire/rsa.ts';

export const unionpaySettings = Type.Object({
  merId: textField({
    label: { zh: '商户代码', en: 'Merchant number' },
    help: { zh: '15 位数字。', en: '15 digits.' },
    pattern: '^[0-9A-Za-z]{15}$',
  }),
  privateKey: secretField({
    label: { zh: '签名私钥', en: 'Private key' },
    help: {
      zh: '从银联下发的 pfx 导出：openssl pkcs12 -legacy -in acp.pfx -nodes -nocerts',
      en: 'Taken out of the pfx file: openssl pkcs12 -legacy -in acp.pfx -nodes -nocerts',
    },
    multiline: true,
  }),
  certificate: longTextField({
    label: { zh: '签名证书', en: 'Your certificate' },
    help: {
      zh: '从同一个 pfx 导出：openssl pkcs12 -legacy -in acp.pfx -nokeys -clcerts',
      en: 'Out of the same file: openssl pkcs12 -legacy -in acp.pfx -nokeys -clcerts',
    },
  }),
  rootCertificate: longTextField({
    label: { zh: '银联根证书（acp_prod_root.cer）', en: "UnionPay's root certificate (acp_prod_root.cer)" },
  }),
  middleCertificate: longTextField({
    label: { zh: '银联中级证书（acp_prod_middle.cer）', en: "UnionPay's middle certificate (acp_prod_middle.cer)" },
  }),
  certificateName: textField({
    label: { zh: '银联签名证书的名称', en: "Name in UnionPay's signing certificate" },
    help: {
      zh: '正式环境不用改；测试环境填 00040000:SIGN。',
      en: 'Leave it; in the test environment it is 00040000:SIGN.',
    },
    default: '中国银联股份有限公司',
  }),
  gatewayUrl: urlField({
    label: { zh: '网关地址', en: 'Gateway address' },
    help: { zh: '正式环境不用改。', en: 'Leave it, unless you try a simulator.' },
    default: 'https://gateway.95516.com',
  }),
  fileUrl: urlField({
    label: { zh: '对账文件地址', en: 'Address of the bills' },
    default: 'https://filedownload.95516.com',
  }),
});
export type UnionpaySettings = Static<typeof unionpaySettings>;

export interface UnionpayKeys {
  own: KeyObject;
  /** The decimal serial number of our certificate: how UnionPay finds the key to check us with. */
  certId: string;
  roots: readonly X509Certificate[];
  between: readonly X509Certificate[];
}

export function unionpayKeys(settings: UnionpaySettings): UnionpayKeys {
  const own = privateKeyOf(settings.privateKey, 'privateKey');
  const [certificate] = certificatesOf(settings.certificate, 'certificate');
  if (!certificate.checkPrivateKey(own)) {
    throw new SettingError('certificate', 'does not belong to the private key');
  }
  return {
    own,
    certId: BigInt(`0x${certificate.serialNumber}`).toString(10),
    roots: certificatesOf(settings.rootCertificate, 'rootCertificate'),
    between: certificatesOf(settings.middleCertificate, 'middleCertificate'),
  };
}

/**
 * The number by which Alipay tells certificates apart: the MD5 of the issuer's name, written from the smallest part to the
 * largest, and the decimal serial number. (Compared with the official SDK in the test beside the wire.)
 */
import { createHash, type X509Certificate } from 'node:crypto';

export function certificateSn(certificate: X509Certificate): string {
  const issuer = certificate.issuer
    .split('\n')
    .reverse()
    // OpenSSL escapes what has a meaning in a written name; the number is over the plain text.
    .map((part) => part.replace(/\\(.)/g, '$1'))
    .join(',');
  const serial = BigInt(`0x${certificate.serialNumber}`).toString(10);
  return createHash('md5').update(`${issuer}${serial}`, 'utf8').digest('hex');
}

/** Of a bundle of roots only those count that were signed with RSA. */
export function rootCertificateSn(roots: readonly X509Certificate[]): string {
  return roots
    .filter((root) => root.signatureAlgorithmOid?.startsWith('1.2.840.113549.1.1.'))
    .map(certificateSn)
    .join('_');
}

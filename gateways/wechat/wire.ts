/** API v3 from WeChat's side: signs answers, checks requests, seals resources. Written apart from the shop's own code. */
import { createCipheriv, createSign, createVerify, type KeyObject, randomBytes } from 'node:crypto';
import type { GatewayRequest } from '../gateway.ts';
import { mchid, type Parties, type Signer } from './parties.ts';

export function signedHeaders(body: string, signer: Signer, atMs: number): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = createSign('RSA-SHA256').update(`${timestamp}\n${nonce}\n${body}\n`).sign(signer.key, 'base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature': signature,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

export function weakSignature(headers: Record<string, string>, body: string, key: KeyObject): string {
  const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`;
  return createSign('RSA-SHA1').update(text).sign(key, 'base64');
}

/** What is wrong with the request's `Authorization`, or undefined. */
export function whatIsWrong(request: GatewayRequest, parties: Parties, nowMs: number): string | undefined {
  const [scheme, rest = ''] = (request.headers.authorization ?? '').split(/ (.*)/s);
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048') return 'Http头Authorization认证类型不正确';
  const said = Object.fromEntries([...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  if (said.mchid !== mchid || said.serial_no !== parties.merchantSerial) return '商户证书序列号有误';
  if (Math.abs(Number(said.timestamp) * 1000 - nowMs) > 300_000) return '时间戳已过期';
  const path = request.rawQuery ? `${request.path}?${request.rawQuery}` : request.path;
  const text = [request.method, path, said.timestamp, said.nonce_str, request.body.toString(), ''].join('\n');
  const right = createVerify('RSA-SHA256')
    .update(text)
    .verify(parties.merchant.publicKey, said.signature ?? '', 'base64');
  return right ? undefined : '签名错误';
}

export function seal(plain: string, key: string, associated: string): Record<string, string> {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(associated));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    associated_data: associated,
    nonce,
  };
}

/** 2026-01-31T23:59:59+08:00 */
export function rfc3339(at: number): string {
  return `${new Date(at + 28_800_000).toISOString().slice(0, 19)}+08:00`;
}

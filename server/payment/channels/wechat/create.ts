/** Begins a payment: QR code (native), a page for phone browsers (H5), or the bridge inside WeChat (JSAPI). */
import { type KeyObject, randomBytes } from 'node:crypto';
import type { Attempt, CreateResult } from '../../channel.ts';
import type { ChannelParts } from '../../channel-kind.ts';
import { chinaRfc3339 } from '../../wire/china-time.ts';
import { signSha256 } from '../../wire/rsa.ts';
import type { WechatClient } from './call.ts';
import type { WechatSettings } from './settings.ts';
import { lines } from './wire.ts';

export interface CreateParts {
  settings: WechatSettings;
  privateKey: KeyObject;
  client: WechatClient;
  parts: ChannelParts;
}

/** The account, its keys or its contract are not right: no payment will work until somebody mends that. */
const broken = ['SIGN_ERROR', 'NO_AUTH', 'MCH_NOT_EXISTS', 'APPID_MCHID_NOT_MATCH', 'ACCOUNT_ERROR'];

export async function create(
  attempt: Attempt,
  { settings, privateKey, client, parts }: CreateParts,
): Promise<CreateResult> {
  const product = productFor(attempt, settings);
  const answer = await client.call('POST', `/v3/pay/transactions/${product}`, {
    appid: settings.appid,
    mchid: settings.mchid,
    description: attempt.subject.slice(0, 120) || '-',
    out_trade_no: attempt.outTradeNo,
    time_expire: chinaRfc3339(attempt.expiresAt),
    notify_url: parts.notifyUrl,
    amount: { total: attempt.amountMinor, currency: attempt.currency },
    ...(product === 'jsapi' ? { payer: { openid: attempt.openid } } : {}),
    ...(product === 'h5' ? { scene_info: { payer_client_ip: attempt.clientIp, h5_info: { type: 'Wap' } } } : {}),
  });
  if (answer.kind === 'unknown') return { kind: 'unavailable', reason: answer.reason };
  if (answer.kind === 'refused') {
    const reason = `${answer.code} ${answer.message}`;
    return { kind: broken.includes(answer.code) ? 'unavailable' : 'refused', reason };
  }
  const { code_url: code, h5_url: page, prepay_id: prepayId } = answer.body;
  if (product === 'native' && typeof code === 'string') {
    return { kind: 'created', action: { type: 'qr', content: code } };
  }
  if (product === 'h5' && typeof page === 'string') {
    const back = encodeURIComponent(parts.returnUrl(attempt.outTradeNo));
    const url = `${page}${page.includes('?') ? '&' : '?'}redirect_url=${back}`;
    return { kind: 'created', action: { type: 'redirect', url } };
  }
  if (product === 'jsapi' && typeof prepayId === 'string') {
    const params = await bridge(settings.appid, prepayId, Math.floor(parts.clock.now() / 1000), privateKey);
    return { kind: 'created', action: { type: 'jsapi', params } };
  }
  return { kind: 'unavailable', reason: 'an answer without a way to pay' };
}

function productFor({ device, openid }: Attempt, { h5, jsapi }: WechatSettings): 'native' | 'h5' | 'jsapi' {
  if (device === 'wechat' && jsapi && openid) return 'jsapi';
  // Inside WeChat an H5 page cannot be paid.
  return device === 'mobile' && h5 ? 'h5' : 'native';
}

async function bridge(appId: string, prepayId: string, nowS: number, key: KeyObject): Promise<Record<string, string>> {
  const [timeStamp, nonceStr, prepay] = [String(nowS), randomBytes(16).toString('hex'), `prepay_id=${prepayId}`];
  const paySign = await signSha256(lines(appId, timeStamp, nonceStr, prepay), key);
  return { appId, timeStamp, nonceStr, package: prepay, signType: 'RSA', paySign };
}

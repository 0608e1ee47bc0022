/** What a request tells of the person who pays, for the networks that have a product for each device. */
import type { FastifyRequest } from 'fastify';
import type { PayerDevice } from '../payment/channel.ts';
import type { Payer } from '../payment/start-payment.ts';

export function payerOf(request: FastifyRequest, said: { device?: PayerDevice; openid?: string } = {}): Payer {
  return {
    clientIp: request.ip,
    device: said.device ?? deviceOf(request.headers['user-agent'] ?? ''),
    openid: said.openid ?? null,
  };
}

/** WeChat's browser names itself; of the others, what calls itself mobile is held in the hand. */
export function deviceOf(userAgent: string): PayerDevice {
  if (/MicroMessenger/i.test(userAgent)) return 'wechat';
  return /Mobi|Android|iPhone/i.test(userAgent) ? 'mobile' : 'pc';
}

/** A shop of which there is only the door: it checks callbacks as the real one does, answers, and remembers the verdicts. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayDefinition } from '../../../gateways/gateway.ts';
import { type RunningGateway, serveGateway } from '../../../gateways/serve-gateway.ts';
import type { Attempt, AttemptRef, CallbackVerdict, Channel } from '../../../server/payment/channel.ts';
import { channelHttp } from '../../../server/payment/channel-http.ts';
import type { ChannelKind } from '../../../server/payment/channel-kind.ts';
import { channelKinds } from '../../../server/payment/channels/kinds.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { checkSettings } from '../../../server/platform/setting-fields.ts';

export interface CallbackDesk {
  gateway: RunningGateway;
  channel: Channel;
  verdicts: CallbackVerdict[];
  /** A fresh attempt, of this many minor units. */
  attempt(amountMinor?: number): Attempt;
  close(): Promise<void>;
}

/** The networks' schedules of hours take milliseconds. */
const speedUp = 100_000;
const impatient = 1000;

export async function openDesk(definition: GatewayDefinition): Promise<CallbackDesk> {
  const kind = channelKinds.find((one) => one.kind === definition.kind) as ChannelKind;
  const gateway = await serveGateway(definition, { speedUp, slowMs: 20_000 });
  const verdicts: CallbackVerdict[] = [];
  let channel: Channel;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, rawQuery = ''] = (request.url ?? '').split(/\?(.*)/s);
    const query = Object.fromEntries(new URLSearchParams(rawQuery));
    const { method = '', headers } = request;
    const verdict = await channel.verify({ method, headers, query, rawQuery, rawBody: Buffer.concat(chunks) });
    verdicts.push(verdict);
    const { success, failure } = channel.acknowledge;
    const answer = verdict.answer ?? (verdict.kind === 'rejected' ? failure : success);
    response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway.webhookUrl = `${origin}/api/v1/callbacks/test-${definition.kind}`;
  channel = kind.open(checkSettings(kind.settings, gateway.wire.settings), {
    code: `test-${definition.kind}`,
    name: null,
    notifyUrl: gateway.webhookUrl,
    returnUrl: (outTradeNo) => `${origin}/orders/${outTradeNo.slice(0, 28)}`,
    clock: systemClock,
    http: { request: (request) => channelHttp.request({ ...request, timeoutMs: impatient }) },
  });
  gateway.webhookUrl = `${origin}/api/v1/callbacks/test-${definition.kind}`;
  let attempts = 0;
  return {
    gateway,
    channel,
    verdicts,
    attempt(amountMinor = 1234) {
      const now = Date.now();
      const serial = `${process.pid}${++attempts}`;
      return {
        outTradeNo: `${`A0${now.toString(36).toUpperCase()}`.padEnd(28 - serial.length, 'X')}${serial}01`,
        amountMinor,
        currency: channel.currencies[0] ?? 'CNY',
        subject: '测试商品 & goods 100% "quoted"',
        createdAt: now,
        expiresAt: now + 15 * 60_000,
        lang: 'zh',
        clientIp: '203.0.113.7',
        device: 'pc',
        openid: null,
      };
    },
    async close() {
      await gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function refOf(attempt: Attempt, reference: string | null, tradeNo: string | null = null): AttemptRef {
  const { outTradeNo, createdAt, amountMinor, currency } = attempt;
  return { outTradeNo, reference, createdAt, amountMinor, currency, tradeNo };
}

/** Simulates WeChat Pay's API v3, with the public key, with platform certificates, or on the way from one to the other. */
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest, GatewayWire, Mood } from '../gateway.ts';
import { forgery, messageBody, posted, resourceOf } from './messages.ts';
import { type Answer, billFile, type Desk, no, perform } from './operations.ts';
import { newParties, type Parties, type Signer } from './parties.ts';
import { signedHeaders, whatIsWrong } from './wire.ts';

const seconds = (count: number): number => count * 1000;
const retries = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600];
/** Real refunds take seconds to days. */
const refundAfterMs = 20;

export function wechatGateway(mode: Parties['mode']): GatewayDefinition {
  return {
    kind: 'wechat',
    retryDelaysMs: retries.map(seconds),
    has: {
      close: true,
      refund: true,
      refundMessage: true,
      signedAnswers: true,
      bill: true,
      // WeChat never takes another amount; the shop must survive it all the same.
      otherAmounts: true,
      rotation: mode !== 'public-key',
    },
    open: (parts) => openWechat(mode, parts),
  };
}

async function openWechat(mode: Parties['mode'], parts: GatewayParts): Promise<GatewayWire> {
  const parties = await newParties(mode, parts.baseUrl);
  const desk: Desk = {
    ...parts,
    parties,
    refundLater: (trade, refund) => {
      setTimeout(() => {
        refund.status = 'succeeded';
        parts.announce({ kind: 'refunded', trade, refund });
      }, refundAfterMs).unref();
    },
  };
  /** On the way from certificates to the key, messages come signed with either. */
  const messageSigner = (): Signer => {
    if (mode === 'public-key') return parties.publicKey;
    return mode === 'certificate' || parts.random() < 0.5 ? parties.certificate : parties.publicKey;
  };
  return {
    settings: parties.settings,
    handle: (request, mood) => handle(request, mood, desk),
    message: (event) => {
      const { trade, refund } = event;
      const found = resourceOf(event);
      const url = (refund && trade.extra[`notify ${refund.refundNo}`]) || trade.notifyUrl;
      if (!found || !url) return undefined;
      const body = messageBody(found.event, found.type, found.plain, parties.apiV3Key, parts.now());
      return posted(url, body, signedHeaders(body, messageSigner(), parts.now()));
    },
    acknowledged: ({ status }) => status === 200 || status === 204,
    forge: (name, trade, other) =>
      forgery(name, { trade, other, parties, signer: messageSigner(), nowMs: parts.now() }),
    ...(mode === 'public-key' ? {} : { rotate: () => parties.renew() }),
  };
}

function handle(request: GatewayRequest, mood: Mood, desk: Desk): GatewayReply | undefined {
  const { books, parties, payPage, now } = desk;
  if (request.path === '/cashier') {
    const trade = books.findWhere(({ tradeNo }) => tradeNo === request.query.get('prepay_id'));
    if (!trade) return undefined;
    trade.returnUrl = request.query.get('redirect_url') ?? '';
    return { status: 302, headers: { location: payPage(trade.outTradeNo) }, body: '' };
  }
  const wrong = whatIsWrong(request, parties, now());
  if (wrong) return reply(no(401, 'SIGN_ERROR', wrong), undefined, now());
  if (request.path === '/v3/billdownload/file') {
    const body = billFile(request.query.get('token') ?? '', books);
    return body && { headers: { 'content-type': 'application/x-gzip' }, body };
  }
  const answer = perform(request, mood, desk);
  return answer && reply(answer, signerFor(request, mood, parties), now());
}

/** The shop says with which key it wants the answer signed. */
function signerFor(request: GatewayRequest, mood: Mood, parties: Parties): Signer {
  const wanted = request.headers['wechatpay-serial'] === parties.publicKey.serial;
  const signer = wanted && parties.mode !== 'certificate' ? parties.publicKey : parties.certificate;
  return mood.wrongSignature ? { ...signer, key: parties.stranger } : signer;
}

function reply({ status, body }: Answer, signer: Signer | undefined, nowMs: number): GatewayReply {
  const text = body === undefined ? '' : JSON.stringify(body);
  const signed = signer ? signedHeaders(text, signer, nowMs) : {};
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...signed }, body: text };
}

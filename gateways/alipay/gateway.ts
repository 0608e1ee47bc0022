/** Simulates Alipay's open platform (RSA2, version 1.0 of its gateway), in key mode or in certificate mode. */
import { X509Certificate } from 'node:crypto';
import type { GatewayTrade } from '../books.ts';
import type { GatewayDefinition, GatewayParts, GatewayReply, GatewayRequest, GatewayWire, Mood } from '../gateway.ts';
import { billArchive } from './bill.ts';
import { forgery, notifyFields, posted, sealed } from './messages.ts';
import { type Call, type Desk, enter, perform, refusal } from './operations.ts';
import { appId, newParties, type Parties, sellerId } from './parties.ts';
import { certificateNumber, form, rsa2, rsa2Verifies, signText } from './wire.ts';

const minutes = (count: number): number => count * 60_000;

export function alipayGateway(mode: Parties['mode']): GatewayDefinition {
  return {
    kind: 'alipay',
    retryDelaysMs: [4, 10, 10, 60, 120, 360, 900].map(minutes),
    has: {
      close: true,
      refund: true,
      refundMessage: true,
      signedAnswers: true,
      bill: true,
      // Alipay never takes another amount; the shop must survive it all the same.
      otherAmounts: true,
      rotation: mode === 'certificate',
    },
    open: (parts) => openAlipay(mode, parts),
  };
}

async function openAlipay(mode: Parties['mode'], parts: GatewayParts): Promise<GatewayWire> {
  const parties = await newParties(mode, `${parts.baseUrl}/gateway.do`);
  const certificates = new Map<string, string>();
  const remember = () => {
    const { number, certificate } = parties.signer;
    if (number && certificate) certificates.set(number, certificate);
  };
  remember();
  const desk: Desk = {
    books: parts.books,
    baseUrl: parts.baseUrl,
    now: parts.now,
    refunded: (trade, refundNo) => {
      const refund = trade.refunds.find((each) => each.refundNo === refundNo);
      if (refund) parts.announce({ kind: 'refunded', trade, refund });
    },
    certificate: (number) => certificates.get(number),
  };
  return {
    settings: parties.settings,
    handle: (request, mood) => handle(request, mood, { parties, parts, desk }),
    message: (event) => {
      if (event.kind === 'failed' || event.kind === 'disputed' || !event.trade.notifyUrl) return undefined;
      const fields = notifyFields(event, parties.signer.number, parts.now());
      return posted(event.trade.notifyUrl, form(sealed(fields, parties)));
    },
    acknowledged: ({ status, body }) => status === 200 && body === 'success',
    forge: (name, trade, other) => forgery(name, { trade, other, parties, now: parts.now() }),
    rotate: async () => {
      parties.signer = await parties.renew();
      remember();
    },
  };
}

interface Office {
  parties: Parties;
  parts: GatewayParts;
  desk: Desk;
}

function handle(request: GatewayRequest, mood: Mood, office: Office): GatewayReply | undefined {
  const { parts, desk } = office;
  const see = (trade: GatewayTrade): GatewayReply => {
    trade.extra.scanned = 'yes';
    return { status: 302, headers: { location: parts.payPage(trade.outTradeNo) }, body: '' };
  };
  if (request.path.startsWith('/qr/')) {
    const trade = parts.books.find(request.path.slice('/qr/'.length));
    return trade && see(trade);
  }
  if (request.path === '/bill') {
    const body = billArchive(parts.books, request.query.get('date') ?? '', sellerId);
    return body && { headers: { 'content-type': 'application/zip' }, body };
  }
  if (request.path !== '/gateway.do') return undefined;
  const parameters = Object.fromEntries([...request.query, ...new URLSearchParams(request.body.toString())]);
  const wrong = whatIsWrong(parameters, office);
  const call: Call = { method: parameters.method ?? '', parameters, content: {}, mood };
  if (!wrong) call.content = JSON.parse(parameters.biz_content || '{}') as Call['content'];
  if (call.method === 'alipay.trade.page.pay' || call.method === 'alipay.trade.wap.pay') {
    const trade = wrong ?? enter(call, desk, true);
    return 'outTradeNo' in trade ? see(trade as GatewayTrade) : { status: 400, body: JSON.stringify(trade) };
  }
  return answer(call.method, wrong ?? perform(call, desk), mood, office.parties);
}

function whatIsWrong(parameters: Record<string, string>, { parties }: Office): Record<string, unknown> | undefined {
  if (parameters.app_id !== appId) return refusal('isv.invalid-app-id', '无效的AppID参数');
  if (parameters.sign_type !== 'RSA2') return refusal('isv.invalid-signature-type', '无效签名类型');
  if (parties.mode === 'certificate') {
    const { appCertificate, alipayRootCertificate } = parties.settings as Record<string, string>;
    if (parameters.app_cert_sn !== certificateNumber(appCertificate ?? ''))
      return refusal('isv.invalid-app-cert-sn', '应用公钥证书SN错误');
    if (parameters.alipay_root_cert_sn !== certificateNumber(alipayRootCertificate ?? ''))
      return refusal('isv.invalid-alipay-root-cert-sn', '支付宝根证书SN错误');
  }
  const text = signText(parameters, ['sign']);
  const key = parties.mode === 'key' ? parties.app.publicKey : certificateKey(parties);
  if (!rsa2Verifies(text, parameters.sign ?? '', key)) {
    return refusal('isv.invalid-signature', `验签出错，网关生成的验签字符串为：${text}`);
  }
  return undefined;
}

function certificateKey({ settings }: Parties) {
  return new X509Certificate(String(settings.appCertificate)).publicKey;
}

function answer(method: string, body: Record<string, unknown>, mood: Mood, parties: Parties): GatewayReply {
  // PHP's way of writing JSON, as Alipay does: slashes escaped. Whoever signs the parsed object again gets another text.
  const text = JSON.stringify(body).replaceAll('/', '\\/');
  const sign = rsa2(text, mood.wrongSignature ? parties.stranger : parties.signer.key);
  const number = parties.signer.number ? `,"alipay_cert_sn":"${parties.signer.number}"` : '';
  return {
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `{"${method.replaceAll('.', '_')}_response":${text}${number},"sign":"${sign}"}`,
  };
}

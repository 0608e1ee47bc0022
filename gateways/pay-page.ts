/** The page where a person pays a simulated network, or does something the shop must survive. Plain HTML, no script. */
import type { GatewayTrade } from './books.ts';
import type { GatewayReply, GatewayRequest } from './gateway.ts';
import type { RunningGateway } from './serve-gateway.ts';

const choices = {
  pay: ['确认支付', 'Pay now'],
  less: ['少付一分', 'Pay one cent less'],
  lost: ['支付，但通知丢失', 'Pay, but the callback gets lost'],
  doubled: ['支付，通知重复', 'Pay, callback doubled'],
} as const;
type Choice = keyof typeof choices;

export async function payPage(gateway: RunningGateway, request: GatewayRequest): Promise<GatewayReply> {
  const outTradeNo = decodeURIComponent(request.path.slice('/_pay/'.length));
  const trade = gateway.books.find(outTradeNo);
  if (!trade) return { status: 404, body: 'no such trade' };
  if (request.method === 'POST') {
    await choose(gateway, trade, new URLSearchParams(request.body.toString()).get('choice') as Choice);
    // The callback first, as people are slow: the shop's page then shows the cards at once.
    await gateway.settled();
    if (trade.returnUrl) return { status: 303, headers: { location: trade.returnUrl }, body: '' };
  }
  return { headers: { 'content-type': 'text/html; charset=utf-8' }, body: html(gateway.definition.kind, trade) };
}

async function choose({ mischief, pay }: RunningGateway, trade: GatewayTrade, choice: Choice): Promise<void> {
  if (choice === 'lost' || choice === 'doubled') mischief.next(choice);
  await pay(trade.outTradeNo, choice === 'less' ? trade.amountMinor - 1 : trade.amountMinor);
}

function html(kind: string, trade: GatewayTrade): string {
  const amount = (trade.amountMinor / 100).toFixed(2);
  const buttons = Object.entries(choices)
    .map(([name, [zh, en]]) => `<button name="choice" value="${name}">${zh} · ${en}</button>`)
    .join('');
  const body =
    trade.status === 'waiting'
      ? `<form method="post">${buttons}</form>`
      : `<p role="status">${trade.status === 'paid' ? '已支付 · Paid' : '已关闭 · Closed'}</p>`;
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${kind} 模拟收银台</title><style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;display:grid;place-items:center;min-height:100vh;margin:0;padding:16px;box-sizing:border-box}
main{max-width:400px;width:100%}h1{font-size:18px}.amount{font-size:40px;font-weight:700;margin:8px 0}button{display:block;width:100%;min-height:48px;margin-top:10px;font:inherit}
p{overflow-wrap:anywhere}</style></head><body><main><h1>${kind} 模拟收银台 · simulated cashier</h1><p class="amount">${amount} ${trade.currency}</p>
<p>${escapeHtml(trade.subject)}</p><p>${escapeHtml(trade.outTradeNo)}</p>${body}</main></body></html>`;
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

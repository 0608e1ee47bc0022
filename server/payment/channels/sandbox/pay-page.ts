/** The sandbox's cashier page: plain HTML forms, no script, both languages. */
import type { PayChoice } from './pay.ts';

export interface PayPage {
  outTradeNo: string;
  subject: string;
  amount: string;
  lang: 'zh' | 'en';
  state: 'open' | 'done' | 'closed' | 'later';
}

const texts = {
  zh: {
    title: '沙盒收银台',
    notice: '演示用支付页面，不会产生任何真实扣款。',
    number: '支付单号',
    done: '已完成。请回到店铺页面，订单会自动更新。',
    closed: '店铺已关闭这笔支付，不能再付款。',
    later: '好的：预留时间结束后才会付款。可以关闭此页。',
    choices: {
      pay: '确认支付',
      'pay-twice': '重复支付两次',
      'pay-late': '超时后再支付',
      'pay-wrong-amount': '少付一分',
      fail: '支付失败',
    },
    others: '其他情形（测试店铺如何应对）',
  },
  en: {
    title: 'Sandbox cashier',
    notice: 'A page for trying things out. No money moves.',
    number: 'Payment number',
    done: 'Done. Go back to the shop: the order page updates by itself.',
    closed: 'The shop has closed this payment. It can no longer be paid.',
    later: 'All right: the payment will be made after the reservation has ended. You can close this page.',
    choices: {
      pay: 'Pay now',
      'pay-twice': 'Pay twice',
      'pay-late': 'Pay too late',
      'pay-wrong-amount': 'Pay one cent less',
      fail: 'Let the payment fail',
    },
    others: 'Other cases (see how the shop copes)',
  },
} as const;

export function payPageHtml(page: PayPage): string {
  const text = texts[page.lang];
  const button = (choice: PayChoice, kind: string) =>
    `<form method="post"><button class="${kind}" name="choice" value="${choice}">${text.choices[choice]}</button></form>`;
  const open = `${button('pay', 'main')}
<details><summary>${text.others}</summary>${(['pay-twice', 'pay-late', 'pay-wrong-amount', 'fail'] as const).map((choice) => button(choice, 'other')).join('')}</details>`;
  const body = page.state === 'open' ? open : `<p class="state" role="status">${text[page.state]}</p>`;
  return `<!doctype html>
<html lang="${page.lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${text.title}</title>
<style>
:root{color-scheme:light dark;--ink:#1c2430;--soft:#5b6676;--card:#fff;--ground:#eef1f5;--go:#0b6e4f}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf1;--soft:#a7b1bf;--card:#1b2129;--ground:#11151a;--go:#1f9d74}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);
font:16px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;padding:16px}
main{width:100%;max-width:400px;background:var(--card);border-radius:20px;padding:28px 24px}
h1{font-size:18px;margin:0 0 4px}.soft{color:var(--soft);font-size:14px;margin:0}.amount{font-size:40px;font-weight:700;margin:20px 0 4px;font-variant-numeric:tabular-nums}
.no{font-size:13px;color:var(--soft);word-break:break-all;margin:0 0 20px}button{width:100%;min-height:48px;border:0;border-radius:12px;font:inherit;font-weight:600;cursor:pointer;margin-top:10px}
.main{background:var(--go);color:#fff}.other{background:transparent;color:inherit;border:1px solid var(--soft)}summary{cursor:pointer;margin-top:16px;color:var(--soft);padding:8px 0}
.state{background:var(--ground);border-radius:12px;padding:16px;margin:8px 0 0}button:focus-visible,summary:focus-visible{outline:3px solid #4c8dff;outline-offset:2px}
</style></head><body><main><h1>${text.title}</h1><p class="soft">${text.notice}</p>
<p class="amount">${escapeHtml(page.amount)}</p><p class="soft">${escapeHtml(page.subject)}</p><p class="no">${text.number} ${page.outTradeNo}</p>
${body}</main></body></html>`;
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** The page behind "tell me of nothing else" in a mail: plain HTML, no script, both languages. */
const texts = {
  zh: {
    title: '到货通知',
    ask: '不再接收这家店的到货通知？',
    button: '取消全部到货通知',
    done: '已取消。我们不会再给您发送到货通知。',
  },
  en: {
    title: 'Restock mails',
    ask: 'Should this shop no longer tell you when something is back?',
    button: 'Stop all restock mails',
    done: 'Done. No more restock mails will reach you.',
  },
} as const;

export function stopPageHtml(state: 'ask' | 'done', lang: 'zh' | 'en'): string {
  const text = texts[lang];
  const body =
    state === 'done'
      ? `<p role="status">${text.done}</p>`
      : `<p>${text.ask}</p><form method="post"><button>${text.button}</button></form>`;
  return `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${text.title}</title>
<style>
:root{color-scheme:light dark;--ink:#1c2430;--card:#fff;--ground:#eef1f5;--go:#0b6e4f}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf1;--card:#1b2129;--ground:#11151a;--go:#1f7d5e}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif}
main{background:var(--card);border-radius:16px;padding:32px 24px;max-width:420px;margin:16px;text-align:center}
h1{font-size:20px;margin:0 0 12px}button{font:inherit;color:#fff;background:var(--go);border:0;border-radius:10px;padding:12px 24px;cursor:pointer}
</style></head><body><main><h1>${text.title}</h1>${body}</main></body></html>`;
}

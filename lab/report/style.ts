/** The look of the reports: one sheet, no outside resources, light and dark by what the reader's machine prefers. */
export const style = `
:root{color-scheme:light dark;--ground:#f6f7f9;--paper:#fff;--ink:#18202a;--soft:#5b6673;--line:#e2e6eb;--good:#12866a;--good-soft:#d8f2e9;
--bad:#c8372d;--bad-soft:#fde5e2;--warn:#c77f0a;--warn-soft:#fdf0d5;--ok:#7fc8b2;--no:#c9d2dc;--unknown:#7a4bb8;--band:#c8372d14;--p50:#2456a6;--p99:#9db9e4}
@media(prefers-color-scheme:dark){:root{--ground:#0f141a;--paper:#171e26;--ink:#e8edf2;--soft:#95a2b0;--line:#2a343f;--good:#4cc9a4;--good-soft:#123d32;
--bad:#ff7a6e;--bad-soft:#4a1f1c;--warn:#f0b347;--warn-soft:#43320f;--ok:#2f8a70;--no:#4a5663;--unknown:#b28ae8;--band:#ff7a6e1c;--p50:#8db6ff;--p99:#41598a}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;-webkit-font-smoothing:antialiased}
main{max-width:1080px;margin:0 auto;padding:28px 20px 56px}
h1{font-size:27px;line-height:1.25;margin:0 0 6px;letter-spacing:-.01em}h2{font-size:16px;margin:0 0 12px}p{margin:0 0 8px}
a{color:inherit}.soft{color:var(--soft)}.small{font-size:13px}
header.top{display:flex;gap:20px;align-items:flex-start;justify-content:space-between;margin-bottom:22px}
.brand{font-size:13px;color:var(--soft);margin-bottom:14px;letter-spacing:.02em}
.verdict{flex:none;font-weight:650;font-size:15px;padding:9px 16px;border-radius:999px;white-space:nowrap}
.verdict.good{background:var(--good-soft);color:var(--good)}.verdict.bad{background:var(--bad-soft);color:var(--bad)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin-bottom:16px}
.tile,.card{background:var(--paper);border:1px solid var(--line);border-radius:12px}
.tile{padding:14px 16px}.tile b{display:block;font-size:25px;line-height:1.2;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.tile span.name{font-size:12.5px;color:var(--soft)}.tile.good b{color:var(--good)}.tile.bad b{color:var(--bad)}
.card{padding:18px 20px;margin-bottom:16px;overflow-x:auto}
.two{display:grid;grid-template-columns:1fr 1fr;gap:16px}@media(max-width:760px){.two{grid-template-columns:1fr;gap:0}header.top{flex-direction:column}}
svg{display:block;width:100%;min-width:620px;height:auto}svg text{font:11px system-ui,"Noto Sans CJK SC",sans-serif;fill:var(--soft)}
.grid{stroke:var(--line);stroke-width:1}.band{fill:var(--band)}.mark{stroke-width:1.4;stroke:var(--soft)}.mark.fault{stroke:var(--bad)}.mark.heal{stroke:var(--good)}
.mark.took-over{stroke:var(--p50);stroke-dasharray:3 3}.mark.note{stroke-dasharray:1 4}.word.fault{fill:var(--bad);font-weight:600}.word.heal{fill:var(--good);font-weight:600}.word.took-over{fill:var(--p50)}
path.ok{fill:var(--ok)}path.no{fill:var(--no)}path.recorded{fill:var(--warn)}path.fail{fill:var(--bad)}path.unknown{fill:var(--unknown)}
.p50,.p99{fill:none;stroke-linejoin:round}.p50{stroke:var(--p50);stroke-width:1.8}.p99{stroke:var(--p99);stroke-width:1.4}
.strip.full{fill:var(--good)}.strip.most{fill:var(--warn)}.strip.few,.strip.zero{fill:var(--bad)}.strip.none{fill:var(--line)}
.legend{display:flex;flex-wrap:wrap;gap:6px 16px;font-size:12.5px;color:var(--soft);margin-top:8px}.legend i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px;vertical-align:-1px}
table{width:100%;border-collapse:collapse;font-size:14px}th{text-align:left;font-weight:600;font-size:12.5px;color:var(--soft)}td,th{padding:7px 10px 7px 0;border-top:1px solid var(--line);vertical-align:top}tr:first-child td,tr:first-child th{border-top:0}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;padding-right:14px}td.when{width:80px}td.id{width:130px;white-space:nowrap}td.sign{width:26px;font-weight:700}.yes{color:var(--good)}.nope{color:var(--bad)}
code,pre{font:12.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace}pre{white-space:pre-wrap;margin:4px 0 0;color:var(--soft)}
.language{position:absolute;opacity:0}.switch{font-size:13px;color:var(--soft)}.switch label{cursor:pointer;padding:4px 9px;border-radius:7px}
body:has(#in-zh:checked) [lang=en],body:has(#in-en:checked) [lang=zh]{display:none}
body:has(#in-zh:checked) label[for=in-zh],body:has(#in-en:checked) label[for=in-en]{background:var(--line);color:var(--ink)}
body:has(#in-zh:focus-visible) label[for=in-zh],body:has(#in-en:focus-visible) label[for=in-en]{outline:2px solid var(--p50)}
.bar{height:8px;border-radius:5px;background:var(--line);overflow:hidden;min-width:110px}.bar i{display:block;height:100%;background:var(--good)}.bar i.warn{background:var(--warn)}.bar i.bad{background:var(--bad)}
@media(max-width:480px){.bar{min-width:40px}td,th{padding-right:6px}td.n,th.n{padding-right:6px}td.id{width:auto}}
@media print{body{background:#fff}.switch{display:none}.card,.tile{break-inside:avoid}}
`;

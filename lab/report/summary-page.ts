/** All drills of a run on one page, each with a line to its own. */
import { htmlDocument } from './document.ts';
import type { DrillRecord } from './drill-record.ts';
import { both, duration, percent, thousands } from './words.ts';

export function summaryPage(records: readonly DrillRecord[]): string {
  const failed = records.filter(({ ok }) => !ok).length;
  const [first] = records;
  const title = { zh: '故障演练总览', en: 'The drills' };
  const orders = records.reduce((sum, { measures }) => sum + measures.orders, 0);
  const verdict =
    failed === 0
      ? { zh: `${records.length} 项全部通过`, en: `All ${records.length} passed` }
      : { zh: `${records.length} 项中 ${failed} 项未通过`, en: `${failed} of ${records.length} failed` };
  const about = {
    zh: `${thousands(orders)} 笔订单；每项之后都核对了订单、卡密与账目。${first ? `${first.machine.cores} 核，每秒 ${first.ordersPerS} 单。` : ''}`,
    en: `${thousands(orders)} orders; after each drill orders, cards and money were held against every book.${first ? ` ${first.machine.cores} cores, ${first.ordersPerS} orders a second.` : ''}`,
  };
  return htmlDocument(
    'Cardwell drills',
    `<header class="top"><div><h1>${both(title)}</h1><p class="soft">${both(about)}</p></div>
<div class="verdict ${failed === 0 ? 'good' : 'bad'}">${failed === 0 ? '✓' : '✗'} ${both(verdict)}</div></header>
<section class="card"><table><tr><th></th><th>${both({ zh: '演练', en: 'drill' })}</th><th>${both({ zh: '经过', en: 'run' })}</th>
<th class="n">${both({ zh: '失败请求', en: 'failed' })}</th><th class="n">${both({ zh: '最长间隔', en: 'longest gap' })}</th><th class="n">${both({ zh: '恢复', en: 'well after' })}</th>
<th class="n">${both({ zh: '成功率', en: 'good' })}</th><th class="n">${both({ zh: '破绽', en: 'broken' })}</th></tr>${records.map(row).join('')}</table></section>`,
  );
}

function row(record: DrillRecord): string {
  const { drill, seed, title, ok, measures: m, audit } = record;
  const broken = audit.filter((one) => !one.ok).length;
  return `<tr><td class="sign ${ok ? 'yes' : 'nope'}">${ok ? '✓' : '✗'}</td><td><a href="${drill}-${seed}.html">${both(title)}</a></td><td>${sparkline(record)}</td>
<td class="n">${thousands(m.failed)}</td><td class="n">${duration(m.longestGapMs)}</td><td class="n">${duration(m.recoveredAfterMs)}</td><td class="n">${percent(m.availability)}</td><td class="n">${broken}</td></tr>`;
}

const mostParts = 120;
const width = 240;

/** Green where all went well, as on the page of the drill, in as many parts as can be seen. */
function sparkline({ measures }: DrillRecord): string {
  const { buckets } = measures;
  const parts = Math.max(1, Math.min(mostParts, buckets.length));
  const shades = Array.from({ length: parts }, (_, i) => {
    const some = buckets.slice(
      Math.floor((i * buckets.length) / parts),
      Math.floor(((i + 1) * buckets.length) / parts),
    );
    const good = some.reduce((sum, b) => sum + b.ok + b.recorded, 0);
    const bad = some.reduce((sum, b) => sum + b.fail + b.unknown, 0);
    const slow = some.some((b) => b.p50Ms > slowMs);
    return good + bad === 0 ? 'none' : bad > 0 ? 'few' : slow ? 'most' : 'full';
  });
  const cells: string[] = [];
  for (let from = 0; from < parts; ) {
    let to = from;
    while (to < parts && shades[to] === shades[from]) to++;
    const [x, end] = [(from * width) / parts, (to * width) / parts];
    cells.push(`<rect class="strip ${shades[from]}" x="${x.toFixed(1)}" width="${(end - x).toFixed(1)}" height="18"/>`);
    from = to;
  }
  return `<svg viewBox="0 0 ${width} 18" style="min-width:160px;width:240px;height:18px;border-radius:4px" preserveAspectRatio="none" aria-hidden="true">${cells.join('')}</svg>`;
}

const slowMs = 500;

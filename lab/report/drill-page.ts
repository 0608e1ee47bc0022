/** One drill as a page for people who were not there: the verdict first, then the pictures, then the proof. */
import { latencyChart, requestsChart } from './chart.ts';
import { htmlDocument } from './document.ts';
import type { AuditFinding, Bilingual, DrillRecord } from './drill-record.ts';
import { both, duration, escapeHtml, limitNames, limitValue, percent, thousands } from './words.ts';

export function drillPage(record: DrillRecord): string {
  const { title, rehearses, ok, startedAt, ordersPerS, seconds, topology, rows } = record;
  const verdict = ok ? { zh: '通过', en: 'Passed' } : { zh: '未通过', en: 'Failed' };
  const about = {
    zh: `${startedAt.slice(0, 16).replace('T', ' ')} UTC · 每秒 ${ordersPerS} 单，${seconds} 秒 · ${topology.zh}`,
    en: `${startedAt.slice(0, 16).replace('T', ' ')} UTC · ${ordersPerS} orders a second for ${seconds} s · ${topology.en}`,
  };
  return htmlDocument(
    `${title.en} · Cardwell drill`,
    `<header class="top"><div><h1>${both(title)}</h1><p>${both(rehearses)}</p>
<p class="soft small">${both(about)}${rows.length > 0 ? ` · ${rows.join(', ')}` : ''}</p></div>
<div class="verdict ${ok ? 'good' : 'bad'}">${ok ? '✓' : '✗'} ${both(verdict)}</div></header>
${tiles(record)}
<section class="card"><h2>${both({ zh: '每 0.1 秒的请求', en: 'Requests, each tenth of a second' })}</h2>${requestsChart(record)}${requestLegend()}</section>
<section class="card"><h2>${both({ zh: '响应时间（按请求开始时刻，对数刻度）', en: 'Time to answer, by the moment a request began (logarithmic)' })}</h2>${latencyChart(record)}${latencyLegend()}</section>
<div class="two"><section class="card">${limitTable(record)}</section><section class="card">${budgetTable(record)}</section></div>
<div class="two"><section class="card">${timeline(record)}</section><section class="card">${failures(record)}</section></div>
<section class="card">${auditTable(record.audit)}</section>
${reproduce(record)}`,
  );
}

function tiles({ measures: m, audit, leftBehind }: DrillRecord): string {
  const broken = audit.filter(({ ok }) => !ok).length;
  const tile = (value: string, name: Bilingual, mood = '') =>
    `<div class="tile ${mood}"><b>${value}</b><span class="name">${both(name)}</span></div>`;
  const mood = (good: boolean) => (good ? 'good' : 'bad');
  return `<div class="tiles">
${tile(percent(m.availability), { zh: '请求成功率', en: 'requests answered well' }, m.failed === 0 ? 'good' : '')}
${tile(thousands(m.failed), { zh: '失败的请求', en: 'requests failed' }, mood(m.failed === 0))}
${tile(duration(m.longestGapMs), { zh: '最长间隔', en: 'longest gap between orders' })}
${tile(duration(m.recoveredAfterMs), { zh: '恢复用时', en: 'until all was well again' })}
${tile(thousands(m.orders), { zh: '成功的订单', en: 'orders placed' })}
${tile(broken === 0 ? '0' : String(broken), { zh: '账目破绽', en: 'promises broken' }, mood(broken === 0 && leftBehind === 0))}
</div>`;
}

const key = (colour: string, name: Bilingual) =>
  `<span><i style="background:var(--${colour})"></i>${both(name)}</span>`;
const requestLegend = () =>
  `<div class="legend">${[
    key('ok', { zh: '成功', en: 'answered well' }),
    key('warn', { zh: '已记录，稍后处理（202）', en: 'recorded, done later (202)' }),
    key('bad', { zh: '被拒绝或出错', en: 'refused or failed' }),
    key('unknown', { zh: '没有回应', en: 'no answer' }),
    key('no', { zh: '明确的否定（如售罄）', en: 'a final no (sold out)' }),
  ].join('')}</div>`;
const latencyLegend = () =>
  `<div class="legend">${[
    key('p50', { zh: '中位数', en: 'median' }),
    key('p99', { zh: '99 百分位', en: '99th percentile' }),
  ].join('')}</div>`;

const sign = (ok: boolean) => `<td class="sign ${ok ? 'yes' : 'nope'}">${ok ? '✓' : '✗'}</td>`;

function limitTable({ judged, measures }: DrillRecord): string {
  const rows = judged.map(
    ({ limit, allowed, measured, ok }) =>
      `<tr>${sign(ok)}<td>${both(limitNames[limit])}</td><td class="n">${limitValue(limit, measured)}</td><td class="n soft">≤ ${limitValue(limit, allowed)}</td></tr>`,
  );
  const more = [
    [{ zh: '平静时的最长间隔', en: 'Longest gap while all was calm' }, duration(measures.calmGapMs)],
    [{ zh: '平静时的 99 百分位', en: '99th percentile while all was calm' }, duration(measures.calmP99Ms)],
    [{ zh: '最慢的请求', en: 'Slowest request' }, duration(measures.slowestMs)],
    [{ zh: '每秒订单', en: 'Orders a second' }, measures.ordersPerS.toFixed(1)],
  ] as const;
  const rest = more.map(
    ([name, value]) => `<tr><td></td><td class="soft">${both(name)}</td><td class="n">${value}</td><td></td></tr>`,
  );
  return `<h2>${both({ zh: '承诺与实测', en: 'Promised and measured' })}</h2><table>${rows.join('')}${rest.join('')}</table>`;
}

/** What one such failure would take from a month's allowance. */
function budgetTable({ measures }: DrillRecord): string {
  const rows = measures.budgets.map(({ target, budgetMs, used }) => {
    const mood = used > 1 ? 'bad' : used > 0.25 ? 'warn' : '';
    return `<tr><td>${(target * 100).toFixed(target > 0.9999 ? 3 : target > 0.999 ? 2 : 1)} %</td><td class="n">${duration(budgetMs)}</td>
<td><div class="bar"><i class="${mood}" style="width:${Math.min(100, used * 100).toFixed(2)}%"></i></div></td><td class="n">${used === 0 ? '0' : (used * 100).toFixed(used < 0.01 ? 3 : 1)} %</td></tr>`;
  });
  return `<h2>${both({ zh: '对每月可用性的影响', en: 'What it means for a month' })}</h2><table>
<tr><th>${both({ zh: '目标', en: 'target' })}</th><th class="n">${both({ zh: '每月可停', en: 'may fail' })}</th><th></th><th class="n">${both({ zh: '本次耗用', en: 'used by this' })}</th></tr>${rows.join('')}</table>
<p class="soft small" style="margin-top:10px">${both({
    zh: '按请求从外部计算：失败份额 × 本次时长。',
    en: 'By requests, from outside: the share that failed, times how long this ran.',
  })}</p>`;
}

function timeline({ marks, measures }: DrillRecord): string {
  const rows = marks.map(
    ({ atMs, kind, says }) =>
      `<tr><td class="n when">${((atMs - measures.startedMs) / 1000).toFixed(2)} s</td><td class="${kind === 'fault' ? 'nope' : kind === 'heal' ? 'yes' : ''}">${escapeHtml(says)}</td></tr>`,
  );
  return `<h2>${both({ zh: '经过：故障、接替、恢复', en: 'What happened, and who took over' })}</h2><table>${rows.join('')}</table>`;
}

function failures({ measures, leftBehind, troubles }: DrillRecord): string {
  const kinds = Object.entries(measures.failedByKind).map(([kind, n]) => `${kind} ${n}`);
  const lines = [...measures.firstFailures, ...troubles].map(escapeHtml);
  const none = { zh: '没有任何请求失败。', en: 'No request failed.' };
  const left =
    leftBehind > 0
      ? `<p class="nope">${both({ zh: `${leftBehind} 位买家未能完成`, en: `${leftBehind} buyers never got there` })}</p>`
      : '';
  return `<h2>${both({ zh: '失败了什么', en: 'What failed' })}</h2>${kinds.length === 0 ? `<p>${both(none)}</p>` : `<p>${kinds.join(' · ')}</p>`}${left}${
    lines.length > 0 ? `<pre>${lines.join('\n')}</pre>` : ''
  }`;
}

function auditTable(audit: readonly AuditFinding[]): string {
  const rows = audit.map(
    ({ id, says, ok, found, sample }) =>
      `<tr>${sign(ok)}<td class="soft id">${escapeHtml(id)}</td><td>${escapeHtml(says)}${
        ok ? '' : `<pre>${escapeHtml([`${found}:`, ...sample].join('\n'))}</pre>`
      }</td></tr>`,
  );
  return `<h2>${both({ zh: '事后审计：一单不丢，一卡不重，一分不差', en: 'The audit afterwards: no order lost, no card twice, no cent missing' })}</h2><table>${rows.join('')}</table>`;
}

function reproduce({ command, seed, machine }: DrillRecord): string {
  const text = {
    zh: `重现：${command}（种子 ${seed}）。机器：${machine.cores} 核 ${machine.model}，${Math.round(machine.memoryMb / 1024)} GB，开始时负载 ${machine.load}。`,
    en: `To run it again: ${command} (seed ${seed}). Machine: ${machine.cores} cores, ${machine.model}, ${Math.round(machine.memoryMb / 1024)} GB, load at the start ${machine.load}.`,
  };
  return `<p class="soft small">${both(text)}</p>`;
}

/** What stands on the report, in both languages, and numbers as people read them. */
import type { Bilingual, Limits } from './drill-record.ts';

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Both languages stand in the page; its switch shows one. */
export const both = ({ zh, en }: Bilingual): string =>
  `<span lang="zh">${escapeHtml(zh)}</span><span lang="en">${escapeHtml(en)}</span>`;

export const limitNames: Readonly<Record<keyof Limits, Bilingual>> = {
  failedRequests: { zh: '失败的请求', en: 'Requests failed' },
  longestGapMs: { zh: '两笔成功订单之间的最长间隔', en: 'Longest gap between two orders' },
  recoveredAfterMs: { zh: '故障后恢复正常用时', en: 'Well again after' },
  leftBehind: { zh: '未能完成的买家', en: 'Buyers who never got there' },
};

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

export const limitValue = (limit: keyof Limits, value: number): string =>
  limit.endsWith('Ms') ? duration(value) : String(value);

/** Never rounds a failure away: 100 % is said only of what is. */
export const percent = (share: number): string =>
  share >= 1 ? '100 %' : `${(Math.floor(share * 100_000) / 1000).toFixed(share > 0.999 ? 3 : 2)} %`;

export const thousands = (value: number): string => value.toLocaleString('en-GB', { maximumFractionDigits: 0 });

/** One load of a page, with an empty cache: how soon it shows, whether it jumps, how long it does not listen, what it cost. */
import type { Page } from 'playwright-core';

export interface PageFigures {
  /** When the largest part of what is seen at first was painted, milliseconds after the request. */
  lcpMs: number;
  /** How much of the page jumped, as Chromium counts it: up to 0.1 is good. */
  cls: number;
  /** Of tasks that kept the page from answering, the parts beyond 50 ms, together. */
  tbtMs: number;
  /** As they came over the wire. */
  scriptKb: number;
  allKb: number;
}

interface Seen {
  lcp: number;
  cls: number;
  tbt: number;
}

/** A page that has been seen, and has not changed for so long, is done. On a busy machine paints come late. */
const settledMs = 1500;
const patienceMs = 30_000;

export async function watchPage(page: Page, address: string, slow: number): Promise<PageFigures> {
  const devtools = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  let scriptBytes = 0;
  let allBytes = 0;
  await devtools.send('Network.enable');
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    allBytes += encodedDataLength;
    if (scripts.has(requestId)) scriptBytes += encodedDataLength;
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  await page.addInitScript(() => {
    const seen: Seen = { lcp: 0, cls: 0, tbt: 0 };
    Object.assign(window, { seenFigures: seen });
    const watch = (type: string, each: (entry: never) => void) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) each(entry as never);
      }).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry: PerformanceEntry) => {
      seen.lcp = entry.startTime;
    });
    watch('layout-shift', (entry: PerformanceEntry & { value: number; hadRecentInput: boolean }) => {
      if (!entry.hadRecentInput) seen.cls += entry.value;
    });
    watch('longtask', (entry: PerformanceEntry) => {
      seen.tbt += Math.max(0, entry.duration - 50);
    });
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  let before = '';
  for (let waited = 0; waited < patienceMs; waited += settledMs) {
    await page.waitForTimeout(settledMs);
    const now = await page.evaluate(() => JSON.stringify((window as unknown as { seenFigures: Seen }).seenFigures));
    if (now === before && (JSON.parse(now) as Seen).lcp > 0) break;
    before = now;
  }
  const seen = await page.evaluate(() => (window as unknown as { seenFigures: Seen }).seenFigures);
  return {
    lcpMs: seen.lcp,
    cls: seen.cls,
    tbtMs: seen.tbt,
    scriptKb: scriptBytes / 1000,
    allKb: allBytes / 1000,
  };
}

/** Of each figure by itself. */
export function median(loads: readonly PageFigures[]): PageFigures {
  const middle = (of: keyof PageFigures): number => {
    const sorted = loads.map((load) => load[of]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  };
  return {
    lcpMs: middle('lcpMs'),
    cls: middle('cls'),
    tbtMs: middle('tbtMs'),
    scriptKb: middle('scriptKb'),
    allKb: middle('allKb'),
  };
}

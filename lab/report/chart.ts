/** The two pictures of a run as SVG: what became of the requests, and how long they took, each tenth of a second. */
import type { Bucket, DrillRecord, Mark } from './drill-record.ts';
import { bucketMs } from './measure.ts';
import { duration, escapeHtml } from './words.ts';

const width = 1000;
const left = 46;
const right = 12;
const plotWidth = width - left - right;
const round = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

interface Scale {
  x(ms: number): number;
  durationMs: number;
}

const scaleOf = (durationMs: number): Scale => ({ durationMs, x: (ms) => left + (ms / durationMs) * plotWidth });

/** A band where the fault lasted, a line at each mark, its words above; what comes close together goes a line lower. */
function marksOf(marks: readonly Mark[], startedMs: number, { x, durationMs }: Scale, top: number, bottom: number) {
  const inside = marks
    .map((mark) => ({ ...mark, at: mark.atMs - startedMs }))
    .filter(({ at }) => at >= 0 && at <= durationMs);
  const parts: string[] = [];
  let faultAt: number | undefined;
  for (const mark of inside) {
    if (mark.kind === 'fault') faultAt ??= mark.at;
    if (mark.kind === 'heal' && faultAt !== undefined) {
      parts.push(band(x(faultAt), x(mark.at)));
      faultAt = undefined;
    }
  }
  if (faultAt !== undefined) parts.push(band(x(faultAt), x(durationMs)));
  for (const { kind, at, says } of inside) {
    const line = `<line class="mark ${kind}" x1="${round(x(at))}" x2="${round(x(at))}" y1="${top - 6}" y2="${bottom}"/>`;
    parts.push(`<g><title>${escapeHtml(`${duration(at)}: ${says}`)}</title>${line}</g>`);
  }
  function band(from: number, to: number): string {
    return `<rect class="band" x="${round(from)}" y="${top}" width="${round(Math.max(1, to - from))}" height="${bottom - top}"/>`;
  }
  return parts.join('');
}

function markWords(
  marks: readonly Mark[],
  startedMs: number,
  { x, durationMs }: Scale,
): { svg: string; height: number } {
  const lanes: number[] = [];
  const parts: string[] = [];
  for (const { kind, atMs, says } of marks) {
    const at = atMs - startedMs;
    if (at < 0 || at > durationMs || kind === 'note') continue;
    const text = says.length > 46 ? `${says.slice(0, 45)}…` : says;
    const size = text.length * 5.9 + 10;
    const from = Math.min(x(at), width - right - size);
    let lane = lanes.findIndex((end) => end < from);
    if (lane === -1) lane = lanes.push(0) - 1;
    if (lane > 4) continue;
    lanes[lane] = from + size;
    const y = 12 + lane * 15;
    parts.push(`<text class="word ${kind}" x="${round(from + 3)}" y="${y}">${escapeHtml(text)}</text>`);
  }
  return { svg: parts.join(''), height: 8 + Math.min(lanes.length, 5) * 15 };
}

function timeAxis({ x, durationMs }: Scale, y: number): string {
  const stepS = [1, 2, 5, 10, 15, 30, 60, 120, 300].find((step) => durationMs / 1000 / step <= 14) ?? 600;
  const parts: string[] = [];
  for (let s = 0; s * 1000 <= durationMs; s += stepS)
    parts.push(`<text class="tick" x="${round(x(s * 1000))}" y="${y + 14}" text-anchor="middle">${s} s</text>`);
  return parts.join('');
}

const grid = (y: number, label: string) =>
  `<line class="grid" x1="${left}" x2="${width - right}" y1="${round(y)}" y2="${round(y)}"/><text class="tick" x="${left - 6}" y="${round(y + 3.5)}" text-anchor="end">${label}</text>`;

/** A staircase: one step for each bucket. */
function steps(
  buckets: readonly Bucket[],
  { x }: Scale,
  y: (bucket: Bucket) => number,
  base: (bucket: Bucket) => number,
): string {
  const there = buckets.map((b) => `${round(x(b.fromMs))} ${round(y(b))}H${round(x(b.fromMs + bucketMs))}`);
  const back = buckets
    .toReversed()
    .map((b) => `${round(x(b.fromMs + bucketMs))} ${round(base(b))}H${round(x(b.fromMs))}`);
  return `M${there.join('L')}L${back.join('L')}Z`;
}

/** A strip of the share that went well, and below it the requests by how they ended. */
export function requestsChart({ measures, marks }: DrillRecord): string {
  const { buckets, durationMs, startedMs } = measures;
  const scale = scaleOf(durationMs);
  const words = markWords(marks, startedMs, scale);
  const [stripTop, stripHeight] = [words.height + 6, 16];
  const top = stripTop + stripHeight + 12;
  const height = 170;
  const bottom = top + height;
  const most = Math.max(4, ...buckets.map((b) => b.ok + b.recorded + b.no + b.fail + b.unknown));
  const y = (count: number) => bottom - (count / most) * height;
  const layers = ['ok', 'no', 'recorded', 'fail', 'unknown'] as const;
  const areas = layers.map((layer, i) => {
    const below = (b: Bucket) => layers.slice(0, i).reduce((sum, one) => sum + b[one], 0);
    if (!buckets.some((b) => b[layer] > 0)) return '';
    const some = buckets;
    return `<path class="${layer}" d="${steps(
      some,
      scale,
      (b) => y(below(b) + b[layer]),
      (b) => y(below(b)),
    )}"/>`;
  });
  const strip = buckets.map((b) => {
    const good = b.ok + b.recorded;
    const bad = b.fail + b.unknown;
    const shade = good + bad === 0 ? 'none' : bad === 0 ? 'full' : good > bad ? 'most' : good > 0 ? 'few' : 'zero';
    return { shade, from: b.fromMs };
  });
  const runs: string[] = [];
  for (let i = 0; i < strip.length; ) {
    let end = i;
    while (end < strip.length && strip[end]?.shade === strip[i]?.shade) end++;
    const [from, to] = [scale.x(i * bucketMs), scale.x(Math.min(end * bucketMs, durationMs))];
    runs.push(
      `<rect class="strip ${strip[i]?.shade}" x="${round(from)}" y="${stripTop}" width="${round(Math.max(to - from, 1.2))}" height="${stripHeight}"/>`,
    );
    i = end;
  }
  const half = Math.round(most / 2);
  return `<svg viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-label="Requests by outcome over time">
${words.svg}${runs.join('')}${grid(bottom, '0')}${grid(y(half), String(half))}${grid(y(most), String(most))}
${marksOf(marks, startedMs, scale, stripTop, bottom)}${areas.join('')}${timeAxis(scale, bottom)}</svg>`;
}

const fastestMs = 1;
const slowestMs = 30_000;

/** On a logarithmic scale, by the moment a request began: who came first into the gap waited longest. */
export function latencyChart({ measures, marks }: DrillRecord): string {
  const { buckets, durationMs, startedMs } = measures;
  const scale = scaleOf(durationMs);
  const [top, height] = [10, 150];
  const bottom = top + height;
  const y = (ms: number) => {
    const clamped = Math.min(slowestMs, Math.max(fastestMs, ms));
    return bottom - (Math.log(clamped / fastestMs) / Math.log(slowestMs / fastestMs)) * height;
  };
  const line = (of: (b: Bucket) => number) => {
    let pen = 'M';
    const parts: string[] = [];
    for (const b of buckets) {
      if (b.ok + b.recorded + b.fail + b.unknown + b.no === 0) {
        pen = 'M';
        continue;
      }
      parts.push(`${pen}${round(scale.x(b.fromMs + bucketMs / 2))} ${round(y(of(b)))}`);
      pen = 'L';
    }
    return parts.join('');
  };
  const levels = [1, 10, 100, 1000, 10_000].map((ms) => grid(y(ms), ms < 1000 ? `${ms} ms` : `${ms / 1000} s`));
  return `<svg viewBox="0 0 ${width} ${bottom + 22}" role="img" aria-label="Latency over time, logarithmic">
${levels.join('')}${marksOf(marks, startedMs, scale, top, bottom)}
<path class="p99" d="${line((b) => b.p99Ms)}"/><path class="p50" d="${line((b) => b.p50Ms)}"/>${timeAxis(scale, bottom)}</svg>`;
}

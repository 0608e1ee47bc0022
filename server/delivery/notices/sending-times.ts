/**
 * When a target may be sent something. Pure. Robots of chat groups take 20 messages a minute and silence who sends more, and
 * people stop reading long before that: the busier it has been, the longer the rest is collected into one message. What is
 * grave goes out all the same.
 */
import { type Severity, severities } from '../../../contract/notices.ts';

export interface QuietHours {
  /** Minutes of the target's day; both null for none. From 22:00 to 08:00 goes over midnight. */
  from: number | null;
  to: number | null;
  /** Minutes east of UTC. */
  utcOffset: number;
}

/** 15 a minute at most. */
const leastGapMs = 4000;
const countedMs = 10 * 60_000;
const busySteps = [
  { sent: 8, gapMs: 5 * 60_000 },
  { sent: 4, gapMs: 60_000 },
];
const grave: readonly Severity[] = ['P0', 'P1'];

export function sendableNow(quiet: QuietHours, recentMs: readonly number[], nowMs: number): Severity[] {
  const last = Math.max(Number.NEGATIVE_INFINITY, ...recentMs);
  if (nowMs - last < leastGapMs) return [];
  const sent = recentMs.filter((at) => nowMs - at < countedMs).length;
  const gapMs = busySteps.find((step) => sent >= step.sent)?.gapMs ?? leastGapMs;
  return severities.filter((severity) => {
    if (severity === 'info' && isQuiet(quiet, nowMs)) return false;
    return nowMs - last >= gapMs || grave.includes(severity);
  });
}

export function isQuiet({ from, to, utcOffset }: QuietHours, nowMs: number): boolean {
  if (from === null || to === null || from === to) return false;
  const minute = Math.floor(nowMs / 60_000 + utcOffset) % 1440;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

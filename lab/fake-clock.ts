/** A process whose clock is off: libfaketime stands between it and the kernel's time of day. What measures durations is left true. */
import { existsSync, readdirSync } from 'node:fs';
import { LabCannot } from './lab-cannot.ts';

const libraries = '/usr/lib';

function library(): string | undefined {
  return readdirSync(libraries)
    .map((name) => `${libraries}/${name}/faketime/libfaketimeMT.so.1`)
    .find(existsSync);
}

export const canFakeClocks = (): boolean => library() !== undefined;

/** @returns what the process's environment says, nothing for a clock that is right */
export function clockOff(ms: number): Record<string, string> {
  if (ms === 0) return {};
  const file = library();
  if (!file) throw new LabCannot('clocks are turned by libfaketime, which is not installed');
  const seconds = `${ms < 0 ? '-' : '+'}${Math.abs(ms) / 1000}`;
  return { LD_PRELOAD: file, FAKETIME: seconds, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' };
}

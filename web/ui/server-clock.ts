/** Countdowns follow the shop's clock, because a phone's may be minutes off. */
let aheadMs = 0;

/** Reads the `Date` header of a reply; it is whole seconds, so small differences are noise. */
export function noteServerDate(header: string | null): void {
  const serverMs = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(serverMs)) return;
  const differenceMs = serverMs - Date.now();
  aheadMs = Math.abs(differenceMs) < 2000 ? 0 : differenceMs;
}

export const serverNowMs = (): number => Date.now() + aheadMs;

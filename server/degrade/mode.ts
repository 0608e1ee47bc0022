/**
 * The modes of a process that takes orders:
 *
 *   normal -> degraded    the writer has been away for longer than a request may wait, or a person switched it on
 *   degraded -> replaying the writer takes writes again and nobody keeps the switch on
 *   replaying -> normal   nothing recorded is waiting any more
 *   replaying -> degraded as above
 *
 * While degraded, orders and callbacks are recorded. While replaying, orders still are: who came first is served first.
 * Callbacks are then settled directly, because they wait for nobody.
 */
export const modes = ['normal', 'degraded', 'replaying'] as const;
export type Mode = (typeof modes)[number];
export type Reason = 'database-away' | 'by-hand';

export interface Facts {
  databaseAway: boolean;
  byHand: boolean;
  /** Recorded and not replayed yet. */
  waiting: number;
}

export function nextMode(mode: Mode, { databaseAway, byHand, waiting }: Facts): Mode {
  if (databaseAway || byHand) return 'degraded';
  if (mode === 'degraded') return 'replaying';
  if (mode === 'replaying' && waiting === 0) return 'normal';
  return mode;
}

export function reasonsOf({ databaseAway, byHand }: Facts): Reason[] {
  return [...(databaseAway ? (['database-away'] as const) : []), ...(byHand ? (['by-hand'] as const) : [])];
}

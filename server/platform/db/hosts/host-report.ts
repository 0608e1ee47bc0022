/** What a watched host said of itself, and what that makes it good for. */

/** Who may be written, as the hosts remember it: a row that moves with the data. The highest epoch is the truth. */
export interface WriterClaim {
  /** Name of the host. */
  holder: string;
  epoch: number;
}

export interface HostReport {
  /** Part of a Galera or PXC cluster: nodes agree on every commit, so one may take over from another at any moment. */
  galera: boolean;
  /** `poor`: it works, but is busy feeding a joining node; only when there is nothing better. */
  writable: 'yes' | 'poor' | 'no';
  readable: boolean;
  /** For a person: "Synced", "read-only", "not part of the cluster's majority". */
  says: string;
  /** The table of claims is there; before the first migration it is not. */
  remembers: boolean;
  claim: WriterClaim | undefined;
  /** Heartbeat number that this host has, for measuring how far it is behind. */
  beat: number | undefined;
}

export interface HostFacts {
  /** Global variables by name, ON/OFF or 1/0. */
  readOnly: boolean;
  /** wsrep_local_state_comment, or undefined outside a cluster. */
  galeraState: string | undefined;
  /** The error number that reading the claims ended with. */
  refusal: number | undefined;
  rows: readonly { name: string; holder: string; fencing: number }[];
}

export const claimName = 'database.writer';
export const beatName = 'database.beat';
const noMajority = 1047;

export function judgeHost({ readOnly, galeraState, refusal, rows }: HostFacts): HostReport {
  const row = (name: string) => rows.find((one) => one.name === name);
  const claimed = row(claimName);
  const common = {
    galera: galeraState !== undefined,
    remembers: refusal === undefined,
    claim: claimed && { holder: claimed.holder, epoch: claimed.fencing },
    beat: row(beatName)?.fencing,
  };
  if (refusal === noMajority)
    return { ...common, writable: 'no', readable: false, says: "not part of the cluster's majority" };
  if (galeraState !== undefined && !/^(Synced|Donor|Desynced)/i.test(galeraState))
    return { ...common, writable: 'no', readable: false, says: galeraState };
  if (readOnly) return { ...common, writable: 'no', readable: true, says: 'read-only' };
  if (galeraState === undefined) return { ...common, writable: 'yes', readable: true, says: 'takes writes' };
  return { ...common, writable: /^Synced/i.test(galeraState) ? 'yes' : 'poor', readable: true, says: galeraState };
}

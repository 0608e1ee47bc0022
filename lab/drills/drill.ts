/** What a drill is: one file that says what it rehearses, does one thing wrong, and mends it. registry.ts lists them. */

import type { Lab } from '../lab.ts';
import type { AuditFinding, Bilingual, Limits } from '../report/drill-record.ts';
import type { History } from '../workload/history.ts';

export interface Drill {
  /** As it is called on the command line. */
  name: string;
  title: Bilingual;
  rehearses: Bilingual;
  /** Rows of the mission that it rehearses. */
  rows: readonly string[];
  limits: Limits;
  /** Needs machines that can be cut off and a virtual IP, which need root. */
  namespaces?: boolean;
  /** From the fault to the healing; the default is enough to see who takes over. */
  holdMs?: number;
  /** The fault takes this time itself: nothing more is waited for before it is healed. */
  takesItsTime?: boolean;
  /** Does what goes wrong. @returns what puts it right */
  fault(scene: Scene): Promise<Healing>;
  /** What only this drill can ask when all has healed and all buyers are done. */
  afterwards?(scene: Scene): Promise<AuditFinding[]>;
  /** Orders that may be missing afterwards, because an older backup was put back. */
  lostByRestore?(scene: Scene): ReadonlySet<string>;
}

export type Healing = () => Promise<void>;

export interface Scene {
  readonly lab: Lab;
  readonly seed: number;
  /** From the seed. */
  random(): number;
  /** All that the buyers of this run have seen so far. */
  readonly history: History;
  /** Buyers still come for so long, unless the drill says otherwise: for drills that decide themselves how long they take. */
  readonly holdMs: number;
  /** Called right before something goes wrong: from here recovery is timed. */
  fault(says: string): void;
  /** Called when something was put right. */
  healed(says: string): void;
  note(says: string): void;
  /** Something that should have worked and did not: the drill is not passed. */
  trouble(says: string): void;
  sleep(ms: number): Promise<void>;
}

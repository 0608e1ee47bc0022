/** Before another host takes over: the old primary falls silent, and whatever it has answered is with its replicas. */
import { sleep } from '../../clock.ts';
import type { Endpoint } from './endpoints.ts';
import { fenceHost } from './fence-host.ts';
import { furthest, type Position, parsePosition, positionText, reaches } from './gtid.ts';
import { type HostSession, openSession } from './host-session.ts';
import { type HostPicture, readReplication } from './inspect-host.ts';

export interface PromoteOptions {
  endpoints: readonly Endpoint[];
  /** Name of the host; absent: the one that has most. */
  target: string | undefined;
  /** Go on where it cannot be sure that nothing acknowledged is lost. */
  force: boolean;
  onStep(says: string): void;
}

export class PromotionRefused extends Error {
  override readonly name = 'PromotionRefused';
}

export const applyWithinMs = 120_000;
const readOnlyWithinMs = 10_000;
const receiveWithinMs = 10_000;
const closeWithinMs = 30_000;
const lookEveryMs = 50;

/** A primary that lives stops taking writes while its replicas still listen, so that they receive everything it has answered. */
export async function silencePrimaries(
  olds: readonly HostPicture[],
  replicas: readonly HostPicture[],
  session: (name: string) => HostSession,
  { force, onStep }: PromoteOptions,
): Promise<void> {
  for (const { name, endpoint, status, variables } of olds) {
    await untilClose(session(name), replicas, session);
    const waits =
      variables.get('rpl_semi_sync_master_enabled') === 'ON' && status.get('rpl_semi_sync_master_clients') === '0';
    if (waits) {
      const why = `${name} runs, but no replica receives from it, so its commits wait: stop that server first`;
      unsure(force, onStep, why);
    }
    const fence = { evenWaiting: waits, readOnlyWithinMs };
    const ended = await fenceHost(() => openForChange(endpoint), fence).catch((error: Error) => {
      throw new PromotionRefused(`${name} could not be made read-only (${error.message}): stop that server first`);
    });
    onStep(`${name} is read-only; ${ended} sessions ended`);
    const [row] = await session(name).rows('SELECT @@gtid_binlog_pos AS written');
    const written = parsePosition(String(row?.written ?? ''));
    const deadline = receiveWithinMs / lookEveryMs;
    for (let looks = 0; ; looks++) {
      const received = await Promise.all(replicas.map((one) => receivedBy(session(one.name))));
      if (received.some((position) => reaches(position, written))) break;
      if (looks > deadline) {
        unsure(force, onStep, `no replica has received all that ${name} has written (${positionText(written)})`);
        break;
      }
      await sleep(lookEveryMs);
    }
  }
}

/** The shop stands still from here until a follower has caught up: a replica that is far behind does that first. */
async function untilClose(
  old: HostSession,
  replicas: readonly HostPicture[],
  session: (name: string) => HostSession,
): Promise<void> {
  const [row] = await old.rows('SELECT @@gtid_binlog_pos AS written');
  const written = parsePosition(String(row?.written ?? ''));
  for (let looks = 0; looks < closeWithinMs / lookEveryMs; looks++) {
    const received = await Promise.all(replicas.map((one) => receivedBy(session(one.name))));
    if (received.every((position) => reaches(position, written))) return;
    await sleep(lookEveryMs);
  }
}

export function unsure(force: boolean, onStep: (says: string) => void, why: string): void {
  if (!force)
    throw new PromotionRefused(
      `${why}. Mend that first, or say --force if you accept that acknowledged orders may be lost`,
    );
  onStep(`forced: ${why}`);
}

export const openForChange = (endpoint: Endpoint) =>
  openSession(endpoint, { connectWithinMs: 3000, answerWithinMs: () => applyWithinMs });

export async function receivedBy(session: HostSession): Promise<Position> {
  const [row] = await session.rows('SELECT @@gtid_current_pos AS applied');
  const replication = await readReplication(session);
  return furthest(parsePosition(String(row?.applied ?? '')), parsePosition(replication?.received ?? ''));
}

/**
 * The rows by which processes agree on the writer and measure lag. They live in `leases`, because they are one: the
 * writer's is held by a host, its fencing number is the epoch and rises with each move; the beat's fencing number counts.
 * Both change only from what was seen, so of two processes that act at once one wins and the other finds out.
 */
import { beatName, claimName, type WriterClaim } from './host-report.ts';
import type { HostSession } from './host-session.ts';
import { leasesOf } from './probe-host.ts';

/** Writes on the host of `session`, and so into the data that it goes on with. @returns the claim that stands afterwards */
export async function claimWriter(
  session: HostSession,
  holder: string,
  over: WriterClaim | undefined,
  epoch = (over?.epoch ?? 0) + 1,
): Promise<WriterClaim | undefined> {
  const leases = leasesOf(session);
  if (over) {
    await session.change(`UPDATE ${leases} SET holder = ?, fencing = ? WHERE name = ? AND fencing = ?`, [
      holder,
      epoch,
      claimName,
      over.epoch,
    ]);
  }
  // Without a row there is nothing to move: nobody has claimed yet, or the database is another one than we remember.
  await session.change(
    `INSERT INTO ${leases} (name, holder, fencing, expires_at) VALUES (?, ?, ?, 0) ON DUPLICATE KEY UPDATE name = name`,
    [claimName, holder, epoch],
  );
  return readClaim(session);
}

export async function readClaim(session: HostSession): Promise<WriterClaim | undefined> {
  const [row] = await session.rows(`SELECT holder, fencing FROM ${leasesOf(session)} WHERE name = ?`, [claimName]);
  return row && { holder: String(row.holder), epoch: Number(row.fencing) };
}

export async function beatOnce(session: HostSession, seen: number | undefined): Promise<void> {
  const leases = leasesOf(session);
  if (seen === undefined) {
    await session.change(
      `INSERT INTO ${leases} (name, holder, fencing, expires_at) VALUES (?, '', 1, 0) ON DUPLICATE KEY UPDATE name = name`,
      [beatName],
    );
  } else {
    await session.change(`UPDATE ${leases} SET fencing = ? WHERE name = ? AND fencing = ?`, [seen + 1, beatName, seen]);
  }
}

/**
 * An old primary comes back as a read-only replica of the new one. What it had committed and nobody had acknowledged must
 * not come back with it: MariaDB throws that away when it recovers from its crash as a replica; where it did not, this
 * host and the new primary have gone different ways, and we leave it alone and say so.
 */

import { sleep } from '../../clock.ts';
import type { Endpoint } from './endpoints.ts';
import { fenceHost } from './fence-host.ts';
import { type HostSession, openSession } from './host-session.ts';
import { type HostPicture, inspectHosts, isSeen, readReplication } from './inspect-host.ts';
import { PromotionRefused } from './silence-primary.ts';

export interface RejoinOptions {
  endpoints: readonly Endpoint[];
  host: string;
  /** Who replicas are to the primary. */
  replication: { user: string; password: string };
  onStep(says: string): void;
}

const followWithinMs = 30_000;
const checkEveryMs = 200;

export async function rejoinHost(options: RejoinOptions): Promise<{ primary: string }> {
  const { host, onStep } = options;
  const sights = await inspectHosts(options.endpoints);
  const seen = sights.filter(isSeen);
  const back = seen.find((one) => one.name === host);
  if (!back) {
    const known = sights.find((one) => one.name === host);
    throw new PromotionRefused(
      known
        ? `${host} does not answer: start it, with read_only=ON and skip-slave-start in its settings`
        : `${host} is not listed`,
    );
  }
  if (back.report.galera) throw new PromotionRefused(`${host} is a Galera node and joins by itself: only start it`);
  if (!/mariadb/i.test(back.version))
    throw new PromotionRefused(`${host} is not MariaDB: use the tool that manages it`);
  const primary = primaryAmong(seen.filter((one) => one !== back));
  const session = await open(back.endpoint);
  try {
    // Its clients have followed the newer claim long ago: nobody hears what its waiting commits are answered.
    const fence = { evenWaiting: true, readOnlyWithinMs: followWithinMs };
    const ended = await fenceHost(() => open(back.endpoint), fence);
    onStep(`${host} is read-only; ${ended} sessions ended`);
    await follow(session, back, primary, options.replication);
    await untilItFollows(session, host, primary.name);
    onStep(`${host} follows ${primary.name}`);
    return { primary: primary.name };
  } finally {
    session.close();
  }
}

function primaryAmong(others: readonly HostPicture[]): HostPicture {
  const writable = others.filter((one) => one.report.writable === 'yes' && one.kind !== 'replica');
  const [first, second] = writable.sort((a, b) => (b.report.claim?.epoch ?? 0) - (a.report.claim?.epoch ?? 0));
  if (!first) throw new PromotionRefused('there is no primary to follow: promote a host first');
  if (second && second.report.claim?.epoch === first.report.claim?.epoch)
    throw new PromotionRefused(`${first.name} and ${second.name} both take writes: make one of them read-only first`);
  return first;
}

async function follow(
  session: HostSession,
  back: HostPicture,
  { endpoint }: HostPicture,
  login: RejoinOptions['replication'],
) {
  await session.change('STOP SLAVE');
  // What it committed itself counts as received; else it would ask for what it has.
  const [row] = await session.rows('SELECT @@gtid_current_pos AS position');
  await session.change('SET GLOBAL gtid_slave_pos = ?', [row?.position ?? '']);
  if (back.variables.get('rpl_semi_sync_master_enabled') === 'ON')
    await session.change('SET GLOBAL rpl_semi_sync_master_enabled = OFF');
  if (back.variables.has('rpl_semi_sync_slave_enabled'))
    await session.change('SET GLOBAL rpl_semi_sync_slave_enabled = ON');
  await session.change(
    `CHANGE MASTER TO MASTER_HOST = ?, MASTER_PORT = ?, MASTER_USER = ?, MASTER_PASSWORD = ?,
     MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 1`,
    [endpoint.host, endpoint.port, login.user, login.password],
  );
  await session.change('START SLAVE');
}

async function untilItFollows(session: HostSession, host: string, primary: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += checkEveryMs) {
    const now = await readReplication(session);
    if (now?.receives && now.applies) return;
    const gone = /not in the master's binlog|1236|diverge/i.test(now?.trouble ?? '');
    if (gone || waitedMs > followWithinMs) {
      await session.change('STOP SLAVE');
      await session.change('RESET SLAVE ALL');
      throw new PromotionRefused(
        gone
          ? `${host} holds commits that ${primary} never received (${now?.trouble}). They were never acknowledged, but a ` +
              `replica cannot unlearn them. Set rpl_semi_sync_slave_enabled=ON in its settings so that it discards them when it ` +
              `recovers from a crash, or make it anew from a copy of ${primary} (mariabackup); it stays read-only until then`
          : `${host} does not begin to follow ${primary}: ${now?.trouble || 'no answer'}`,
      );
    }
    await sleep(checkEveryMs);
  }
}

const open = (endpoint: Endpoint) =>
  openSession(endpoint, { connectWithinMs: 3000, answerWithinMs: () => followWithinMs });
